import { describe, expect, test } from '@jest/globals';
import { defaultFeedPolicy, type HeaderColumn, type SheetHeader, type UserField } from '@rosterport/domain';
import { groupChecker } from './group-checker.ts';
import { userChecker } from './user-checker.ts';

const users: SheetHeader = {
  kind: 'users',
  sheet: 'Users',
  columns: [
    ['Employee ID', 'externalId'],
    ['First Name', 'firstName'],
    ['Last Name', 'lastName'],
    ['Email', 'email'],
    ['PhoneNumber(Optional)', 'phoneNumber'],
    ['Active', 'active'],
    ['__proto__', null],
  ].map(([name, field], position): HeaderColumn => ({ position, name: String(name), field: field as UserField | null })),
};
const context = { policy: defaultFeedPolicy, header: users, knownAttributes: new Map() };

test('all problems of a row are told at once, each on its cell as the file names it', () => {
  const checked = userChecker(context)({
    row: 7,
    cells: ['E1', '', 'Be\0rg', 'ada@example', '070-123', 'yes', 'x'.repeat(2001), 'surplus'],
    damaged: [4],
  });
  expect(checked).toMatchObject({ sheet: 'Users', row: 7, externalId: 'E1', record: null });
  expect(checked.issues.map(({ sheet, row, code, column, found }) => [sheet, row, code, column, found?.slice(0, 20)])).toEqual([
    ['Users', 7, 'validateRowCells', null, '8'],
    ['Users', 7, 'validateNoDamagedNumbers', 'PhoneNumber(Optional)', '070-123'],
    ['Users', 7, 'validateCharacters', 'Last Name', 'Be\uFFFDrg'],
    ['Users', 7, 'validateValueLength', '__proto__', 'x'.repeat(20)],
    ['Users', 7, 'validateMandatoryValues', 'First Name', undefined],
    ['Users', 7, 'validateThatEmailIsCorrect', 'Email', 'ada@example'],
    ['Users', 7, 'validateThatPhoneNumberIsCorrect', 'PhoneNumber(Optional)', '070-123'],
    ['Users', 7, 'validateActive', 'Active', 'yes'],
  ]);
});

test('a warning leaves the record in place', () => {
  const checked = userChecker(context)({ row: 2, cells: ['123', 'Ada', 'Berg', 'ada@example.com'], damaged: [0] });
  expect(checked.issues.map(({ severity }) => severity)).toEqual(['warning']);
  expect(checked.record?.externalId).toBe('123');
});

test.each([
  ['E1', 'E1'],
  [' E1 ', 'E1'],
  ['', null],
  ['E\x001', null],
  ['#N/A', null],
  ['x'.repeat(101), null],
])('the id %j is read as %j', (id, externalId) => {
  expect(userChecker(context)({ row: 2, cells: [id, '', 'Berg', ''] }).externalId).toBe(externalId);
});

test('a column named __proto__ is an attribute like any other', () => {
  const { record } = userChecker(context)({ row: 2, cells: ['E1', 'Ada', 'Berg', 'ada@example.com', '', '', 'evil'] });
  expect(Object.entries(record?.attributes ?? {})).toEqual([['__proto__', 'evil']]);
  expect(JSON.stringify(record?.attributes)).toBe('{"__proto__":"evil"}');
  expect(Object.entries(structuredClone(record)?.attributes ?? {})).toEqual([['__proto__', 'evil']]);
  expect(({} as Record<string, unknown>)['evil']).toBeUndefined();
});

test('a cell below an empty header is not lost in silence', () => {
  const columns = users.columns.filter(({ name }) => name !== 'Active');
  const check = userChecker({ ...context, header: { ...users, columns } });
  const cells = ['E1', 'Ada', 'Berg', 'ada@example.com', ''];
  expect(check({ row: 2, cells: [...cells, ' ', 'x'] }).issues).toEqual([]);
  expect(check({ row: 3, cells: [...cells, 'lost', ''] }).issues).toMatchObject([
    { code: 'validateRowCells', found: '6', expected: '6' },
  ]);
});

describe('below a faulty header row', () => {
  const known = users.columns.filter(({ field }) => field !== null);
  const City = { position: 6, name: 'City', field: null };

  /** The sheet, in which the columns of the fields are in doubt; their cells are still there. */
  function inDoubt(...fields: readonly UserField[]): SheetHeader {
    const isKnown = ({ field }: HeaderColumn): boolean => field === null || !fields.includes(field as UserField);
    const columns = known.filter((column) => !isKnown(column)).map(({ position, name }) => ({ position, name }));
    return { ...users, columns: [...known.filter(isKnown), City], inDoubt: { fields, columns } };
  }
  const faulty = ['', '', '', 'x', '070', 'yes', 'Lund'];
  const codesOf = (header: SheetHeader, cells: readonly string[], policy = context.policy): string[] =>
    userChecker({ ...context, policy, header })({ row: 2, cells }).issues.map(({ code, column }) => `${code} ${column ?? ''}`.trim());

  test.each<[string, readonly UserField[], readonly string[], readonly string[]]>([
    ['without doubt all is told', [], faulty, [
      'validateMandatoryValues Employee ID',
      'validateMandatoryValues First Name',
      'validateMandatoryValues Last Name',
      'validateThatEmailIsCorrect Email',
      'validateThatPhoneNumberIsCorrect PhoneNumber(Optional)',
      'validateActive Active',
    ]],
    ['a column in doubt has no value that could be wrong or missing', ['externalId', 'email', 'active'], faulty, [
      'validateMandatoryValues First Name',
      'validateMandatoryValues Last Name',
      'validateThatPhoneNumberIsCorrect PhoneNumber(Optional)',
    ]],
    ['the names, one at a time', ['firstName'], ['E1', '', '', 'e1@example.com'], ['validateMandatoryValues Last Name']],
    ['nobody knows whether there is an e-mail', ['email'], ['E1', 'Ada', 'Berg', '', '', ''], []],
    ['nor whether there is a phone', ['phoneNumber'], ['E1', 'Ada', 'Berg', '', '', ''], []],
    ['a value right of all headers is told', ['email'], ['E1', 'Ada', 'Berg', 'x', '', '', '', 'surplus'], ['validateRowCells']],
  ])('%s', (_says, fields, cells, codes) => {
    expect(codesOf(inDoubt(...fields), cells)).toEqual(codes);
  });

  test('a row whose id nobody can read has a record of the rest', () => {
    const checked = userChecker({ ...context, header: inDoubt('externalId', 'lastName') })({ row: 2, cells: ['E1', 'Ada', 'Berg', 'ada@example.com'] });
    expect(checked).toMatchObject({ externalId: null, issues: [], record: { externalId: '', firstName: 'Ada', lastName: '', email: 'ada@example.com' } });
  });

  test('a strict feed does not take the mandatory column that is missing for an attribute', () => {
    const strict = { ...context.policy, unknownAttribute: 'strict' } as const;
    const cells = ['E1', 'Ada', 'Berg', 'ada@example.com', '', '', 'Lund'];
    expect(codesOf(inDoubt('active'), cells, strict)).toEqual(['validateExternalProperties City']);
    expect(codesOf(inDoubt('email'), cells, strict)).toEqual([]);
  });

  test('no manager is taken from the name while the id may stand elsewhere', () => {
    const managerName: HeaderColumn = { position: 6, name: 'EmployeeManagerName', field: 'managerName' };
    const header = (fields: readonly UserField[]): SheetHeader => ({ ...users, columns: [...known, managerName], inDoubt: { fields, columns: [] } });
    const cells = ['E1', 'Ada', 'Berg', 'ada@example.com', '', '', 'Bo Dahl'];
    const managerOf = (fields: readonly UserField[]): unknown => userChecker({ ...context, header: header(fields) })({ row: 2, cells }).record?.manager;
    expect([managerOf([]), managerOf(['managerId'])]).toEqual([{ by: 'name', value: 'Bo Dahl' }, undefined]);
  });
});

test('an id that was refused still wins over the name beside it', () => {
  const columns = ['groupId', 'groupName', 'managerId', 'managerName'].map(
    (name, index): HeaderColumn => ({ position: index + 4, name, field: name as UserField }),
  );
  const check = userChecker({ ...context, header: { ...users, columns: [...users.columns.slice(0, 4), ...columns] } });
  const givenBy = (groupId: string, managerId: string): unknown => {
    const { record, proved } = check({ row: 2, cells: ['E1', 'Ada', 'Berg', 'ada@example.com', groupId, 'Sales', managerId, 'Bo Dahl'] });
    const { groups, manager } = record ?? proved ?? {};
    return { groups, manager };
  };
  expect(givenBy('', '')).toEqual({ groups: [{ by: 'name', value: 'Sales' }], manager: { by: 'name', value: 'Bo Dahl' } });
  expect(givenBy('#REF!', '#N/A')).toEqual({ groups: undefined, manager: undefined });
});

test('rows that follow each other share nothing', () => {
  const check = userChecker(context);
  check({ row: 2, cells: ['E1', 'Ada', 'Berg', 'ada@example.com', '', '0', 'x'] });
  const { record } = check({ row: 3, cells: ['E2', 'Bo', 'Dahl', 'bo@example.com'] });
  expect(record).toEqual({
    externalId: 'E2',
    firstName: 'Bo',
    lastName: 'Dahl',
    email: 'bo@example.com',
    attributes: {},
  });
});

test('a group row tells its problems too', () => {
  const header: SheetHeader = {
    kind: 'groups',
    sheet: null,
    columns: [
      { position: 0, name: 'OrgUnitID', field: 'orgUnitId' },
      { position: 1, name: 'Name', field: 'name' },
      { position: 2, name: 'Description', field: 'description' },
      { position: 3, name: 'ResponsibleManager', field: 'responsibleManager' },
      { position: 4, name: 'ParentOrgUnit', field: 'parentOrgUnit' },
    ],
  };
  const checked = groupChecker({ ...context, header })({ row: 2, cells: ['DEP_001', '', '#REF!'] });
  expect(checked).toMatchObject({ sheet: null, row: 2, externalId: 'DEP_001', record: null });
  expect(checked.issues.map(({ code, column }) => [code, column])).toEqual([
    ['validateCharacters', 'Description'],
    ['validateMandatoryValues', 'Name'],
  ]);
});
