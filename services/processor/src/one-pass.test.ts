import { describe, expect, test } from '@jest/globals';
import { toXlsxByExceljs } from '@rosterport/fixtures';
import { splitIssues } from '@rosterport/domain';
import type { Ended } from './testing/ingest.ts';
import { testIngest } from './testing/test-ingest.ts';

/** Whoever mends a file learns of everything at once: no finding hides one in another row, column or sheet. */

const own = testIngest();

const userHeader = ['EmployeeID', 'FirstName', 'LastName', 'Email', 'PhoneNumber', 'IsManager', 'Department', 'DepartmentName', 'EmployeeManagerID', 'EmployeeManagerName', 'Active', 'Language', 'City'];

/** Rows of people, each with the codes that it alone is to blame for; row 2 is the first. */
const people: readonly (readonly [cells: readonly string[], codes: readonly string[]])[] = [
  [['E2', '', 'Berg', 'e2@example.com'], ['validateMandatoryValues']],
  [['E3', 'A\u0007da', 'Berg', 'e3@example.com'], ['validateCharacters']],
  [['E4', 'x'.repeat(201), 'Berg', 'e4@example.com'], ['validateValueLength']],
  [['E5', 'Ada', 'Berg', ''], ['validateEmailOrPhoneNumber']],
  [['E6', 'Ada', 'Berg', 'e6@example'], ['validateThatEmailIsCorrect']],
  [['E7', 'Ada', 'Berg', '', '070-12'], ['validateThatPhoneNumberIsCorrect']],
  [['E8', 'Ada', 'Berg', 'e8@example.com', '', 'yes'], ['validateIsManager']],
  [['E9', 'Ada', 'Berg', 'e9@example.com', '', '', '', '', '', '', 'maybe'], ['validateActive']],
  [['E10', 'Ada', 'Berg', 'e10@example.com', '', '', '', '', '', '', '', 'swedish'], ['validateLanguage']],
  [['E11', 'Ada', 'Berg', 'e11@example.com', '', '', '', '', '', '', '', '', '#N/A'], ['validateNoSpreadsheetErrors']],
  [['E12\u200B', 'Ada', 'Berg', 'e12@example.com'], ['validateNoInvisibleCharacters']],
  [['1.23E+15', 'Ada', 'Berg', 'e13@example.com'], ['validateNoDamagedNumbers']],
  [['E14', 'Ada', 'Berg', 'e14@example.com', '', '', '', '', '', '', '', '', '', 'surplus'], ['validateRowCells']],
  [['E15', 'Ada', 'Berg', 'twice@example.com', '+46701740605'], ['validateNoEmailDuplicates', 'validateNoPhoneDuplicates']],
  [['E16', 'Ada', 'Berg', 'Twice@example.com', '+46 70 174 06 05'], ['validateNoEmailDuplicates', 'validateNoPhoneDuplicates']],
  [['E17', 'Ada', 'Berg', 'e17@example.com'], ['validateNoConflictingRows']],
  [['E17', 'Ada', 'Borg', 'e17@example.com'], ['validateNoConflictingRows']],
  [['E19', 'Ada', 'Berg', 'e19@example.com'], ['validateRowsTogether']],
  [['E19', 'Ada', 'Berg', 'e19@example'], ['validateThatEmailIsCorrect']],
  [['E21', 'Ada', 'Berg', 'e21@example.com', '', '', 'DEP_9'], ['validateGroupExists']],
  [['E22', 'Ada', 'Berg', 'e22@example.com', '', '', '', 'Twins'], ['validateGroupNameIsUnique']],
  [['E23', 'Ada', 'Berg', 'e23@example.com', '', '', 'DEP_1', '', 'E99'], ['validateManagerExists']],
  [['E24', 'Ada', 'Berg', 'e24@example.com', '', '', 'DEP_1', '', '', 'Same Name'], ['validateManagerNameIsUnique']],
  [['E25', 'Ada', 'Berg', 'e25@example.com', '', '', 'DEP_1', '', 'E25'], ['validateManagerIsSomeoneElse']],
  [['E26', 'Ada', 'Berg', 'e26@example.com', '', '', '', '', '', '', '0'], ['validateUserExists']],
  [['E27', 'Same', 'Name', 'e27@example.com'], []],
  [['E28', 'Same', 'Name', 'e28@example.com'], []],
  [['', '', 'B\u0007', 'nowhere', '070', '2', '#REF!', '', '', '', 'x', 'x x'], ['validateActive', 'validateCharacters', 'validateIsManager', 'validateLanguage', 'validateMandatoryValues', 'validateThatEmailIsCorrect', 'validateThatPhoneNumberIsCorrect']],
  [['E30', 'Ada', 'Berg', 'e30@example.com'], []],
];

const groupHeader = ['OrgUnitID', 'Name', 'Description', 'ResponsibleManager', 'ParentOrgUnit'];
const units: readonly (readonly [cells: readonly string[], codes: readonly string[]])[] = [
  [['', 'No id'], ['validateMandatoryValues']],
  [['G3', 'A\u0007'], ['validateCharacters']],
  [['G4', 'Far', '', '', 'G99'], ['validateParentGroupExists']],
  [['G5', 'Round', '', '', 'G6'], ['validateNoGroupCycles']],
  [['G6', 'About', '', '', 'G5'], ['validateNoGroupCycles']],
  [['G7', 'One'], ['validateNoConflictingRows']],
  [['G7', 'Other'], ['validateNoConflictingRows']],
  [['T1', 'Twins'], []],
  [['T2', 'Twins'], []],
  [['DEP_1', 'Sales', '', 'E99'], ['validateManagerExists']],
];

function table(rows: typeof people, width: number): string[][] {
  return rows.map(([cells]) => [...cells, ...Array.from({ length: Math.max(0, width - cells.length) }, () => '')]);
}

function csv(header: readonly string[], rows: typeof people): Buffer {
  return Buffer.from([header, ...table(rows, header.length)].map((cells) => cells.join(';')).join('\n'));
}

/** The codes of each row as the report has them. */
function codesOf({ rows }: Ended, sheet: string | null): (readonly [number, readonly string[]])[] {
  return rows.filter((row) => row.sheet === sheet).map(({ row, issues }) => [row, [...new Set(issues.map(({ code }) => code))].sort()]);
}

function expectedOf(rows: typeof people): (readonly [number, readonly string[]])[] {
  return rows.map(([, codes], index) => [index + 2, codes]);
}

function fileCodes({ job }: Ended): string[] {
  return splitIssues(job.issues).file.map(({ code }) => code);
}

describe('every kind of fault on neighbouring rows', () => {
  test('is told in two CSV files, beside the findings about the files', async () => {
    const groups = await own.ingest.sendBytes('groups.csv', csv(groupHeader, units));
    expect(codesOf(groups, null)).toEqual(expectedOf(units));
    expect(fileCodes(groups)).toEqual(['validateFinalLineEnd']);
    const users = await own.ingest.sendBytes('users.csv', csv(userHeader, people));
    expect(codesOf(users, null)).toEqual(expectedOf(people));
    expect(fileCodes(users).sort()).toEqual(['validateFinalLineEnd', 'validateNewAttributes']);
  });

  test('is told in a workbook, in one sheet as in the other', async () => {
    // A workbook cannot hold such a character as it is.
    const escaped = (rows: string[][]): string[][] => rows.map((cells) => cells.map((cell) => cell.replace('\u0007', '_x0007_')));
    const file = await toXlsxByExceljs([
      { sheet: 'Users', header: userHeader, rows: escaped(table(people, userHeader.length)) },
      { sheet: 'Groups', header: groupHeader, rows: escaped(table(units, groupHeader.length)) },
    ]);
    const ended = await own.ingest.sendBytes('company.xlsx', file);
    expect(codesOf(ended, 'Users')).toEqual(expectedOf(people));
    expect(codesOf(ended, 'Groups')).toEqual(expectedOf(units));
    expect(fileCodes(ended)).toEqual(['validateNewAttributes']);
  });
});

describe('every finding about a file', () => {
  test('is told with the others, wherever in the file it stands', async () => {
    const header = 'Employee ID;Last Name;Email;phonenumber;City;City;Ro\u0000om';
    const again = 'Employee ID;First Name;Last Name;Email;;;';
    const rows = ['E1;Berg;e1@example.com;;;;', again, `E2;${'x'.repeat(1_100_000)};;;;;`, again, 'E4;Berg;;;;;', '"E5;Berg;;;;;'];
    const ended = await own.ingest.sendBytes('users.csv', Buffer.from([header, ...rows].join('\n')));
    expect(ended.job.state).toBe('rejected');
    expect(fileCodes(ended).sort()).toEqual([
      'validateColumnNames',
      'validateFileIsComplete',
      'validateHeaderText',
      'validateMandatoryColumns',
      'validateNoRepeatedColumns',
      'validateSingleHeaderRow',
      'validateSingleHeaderRow',
      'validateWorkbookLimits',
    ]);
  });

  test('is told of both sheets of a workbook', async () => {
    const file = await toXlsxByExceljs([
      { sheet: 'Users', header: ['EmployeeID', 'LastName', 'FirstName', 'Email', 'Langauge'], rows: [['E1', 'Berg', 'Ada', 'ada@example.com', 'sv']] },
      { sheet: 'Groups', header: ['OrgUnitID', 'Name', 'Description', 'ParentOrgUnit'], rows: [['G1', 'Sales', '', ''], groupHeader] },
    ]);
    const ended = await own.ingest.sendBytes('company.xlsx', file);
    const { file: found } = splitIssues(ended.job.issues);
    expect(found.map(({ sheet, code }) => `${sheet} ${code}`).sort()).toEqual([
      'Groups validateMandatoryColumns',
      'Groups validateSingleHeaderRow',
      'Users validateColumnNames',
      'Users validateColumnPosition',
      'Users validateColumnPosition',
    ]);
  });
});

describe('a fault of the file hides no fault of its rows', () => {
  const faulty = [
    ['E1', 'Ada', 'Berg', 'ada@example'],
    ['E2', '', 'Dahl', 'bo@example.com'],
    ['E3', 'Cia', 'Ek', 'cia@example.com'],
  ];
  const expected = [
    [2, ['validateThatEmailIsCorrect']],
    [3, ['validateMandatoryValues']],
    [4, []],
  ];

  test('in the sheet beside the one whose header is wrong', async () => {
    const file = await toXlsxByExceljs([
      { sheet: 'Users', header: userHeader.slice(0, 4), rows: faulty },
      { sheet: 'Groups', header: ['OrgUnitID', 'Nmae', 'Description', 'ResponsibleManager', 'ParentOrgUnit'], rows: [['G1', 'One', '', '', '']] },
    ]);
    const ended = await own.ingest.sendBytes('company.xlsx', file);
    expect(fileCodes(ended)).toEqual(['validateColumnNames']);
    expect(codesOf(ended, 'Users')).toEqual(expected);
    expect(codesOf(ended, 'Groups')).toEqual([[2, []]]);
    expect(ended.job).toMatchObject({ state: 'rejected', counts: { rejected: 2, skipped: 2, created: 0 } });
    expect(await own.ingest.directory()).toEqual({ users: [], groups: [] });
  });

  test('above the place where the file is cut off; what rows say of others is left out', async () => {
    const lines = [...faulty.map((cells) => [...cells, 'E99']), ['E4', 'Dag']].map((cells) => cells.join(';'));
    const ended = await own.ingest.sendBytes('users.csv', Buffer.from(['Employee ID;First Name;Last Name;Email;Employee ManagerID', ...lines].join('\n')));
    expect(fileCodes(ended)).toEqual(['validateFileIsComplete']);
    expect(codesOf(ended, null).slice(0, 3)).toEqual(expected);
    expect(ended.job).toMatchObject({ state: 'rejected', counts: { rejected: 3, skipped: 1 } });
    expect((await own.ingest.directory()).users).toEqual([]);
  });
});
