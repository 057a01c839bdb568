import { describe, expect, test } from '@jest/globals';
import type { SheetHeader, SheetKind } from '@rosterport/domain';

import { readHeader } from './read-header.ts';

interface Read {
  readonly kind: SheetKind | null;
  readonly fields: readonly (string | null)[];
  readonly issues: readonly (readonly (string | null)[])[];
}

function read(line: string, { sheet = null, kind = null }: { sheet?: string | null; kind?: SheetKind | null } = {}): Read {
  const { header, issues } = readHeader({ sheet, kind, rows: [{ row: 1, cells: line.split(';') }] });
  return {
    kind: header?.kind ?? null,
    fields: header?.columns.map(({ field }) => field) ?? [],
    issues: issues.map(({ code, column, found, expected }) => [code, column, found, expected]),
  };
}

const csvUsers = 'Employee ID;First Name;Last Name;Email';
const excelUsers = 'EmployeeID;FirstName;LastName;Email';
const groups = 'OrgUnitID;Name;Description;ResponsibleManager;ParentOrgUnit';

describe('a header row that is understood', () => {
  test.each<[string, string, Pick<Read, 'kind' | 'fields'>]>([
    ['users of a CSV file', `${csvUsers};PhoneNumber(Optional);IsManager;Group memberships;Group Name;Employee ManagerID;Active;Language`, { kind: 'users', fields: ['externalId', 'firstName', 'lastName', 'email', 'phoneNumber', 'isManager', 'groupId', 'groupName', 'managerId', 'active', 'language'] }],
    ['users of a workbook', `${excelUsers};PhoneNumber;IsManager;Department;DepartmentName;EmployeeManagerID;EmployeeManagerName;Active;Language`, { kind: 'users', fields: ['externalId', 'firstName', 'lastName', 'email', 'phoneNumber', 'isManager', 'groupId', 'groupName', 'managerId', 'managerName', 'active', 'language'] }],
    ['both dialects mixed', 'EmployeeID;First Name;LastName;Email;Group memberships;Department', { kind: 'users', fields: ['externalId', 'firstName', 'lastName', 'email', 'groupId', 'groupId'] }],
    ['groups', groups, { kind: 'groups', fields: ['orgUnitId', 'name', 'description', 'responsibleManager', 'parentOrgUnit'] }],
    ['attributes', `${csvUsers};City;Name;Cost centre`, { kind: 'users', fields: ['externalId', 'firstName', 'lastName', 'email', null, null, null] }],
    ['surrounding space and a mark', '\uFEFFEmployee ID ; First Name;\tLast Name;Email\u00a0', { kind: 'users', fields: ['externalId', 'firstName', 'lastName', 'email'] }],
    ['characters that cannot be seen', '\u202AEmployee\u00A0ID\u202C;First\u200B Name;Last Name;Em\u00ADail;Ci\u200Bty', { kind: 'users', fields: ['externalId', 'firstName', 'lastName', 'email', null] }],
    ['empty headers', `${csvUsers};;City;;`, { kind: 'users', fields: ['externalId', 'firstName', 'lastName', 'email', null] }],
  ])('%s', (_name, line, expected) => {
    expect(read(line)).toEqual({ ...expected, issues: [] });
  });
});

describe('a header row with faults', () => {
  test.each<[string, string, Read['issues']]>([
    ['a missing column', 'Employee ID;First Name;Last Name', [['validateMandatoryColumns', null, null, 'Email']]],
    ['a missing column before others that only moved up', 'Employee ID;Last Name;Email', [['validateMandatoryColumns', null, null, 'First Name']]],
    ['two missing columns', 'Employee ID;Last Name;Phone', [
      ['validateMandatoryColumns', null, null, 'First Name'],
      ['validateMandatoryColumns', null, null, 'Email'],
    ]],
    ['exchanged columns', 'Employee ID;Last Name;First Name;Email', [
      ['validateColumnPosition', 'First Name', '3', '2'],
      ['validateColumnPosition', 'Last Name', '2', '3'],
    ]],
    ['a column at the end', 'Employee ID;First Name;Last Name;City;Email', [['validateColumnPosition', 'Email', '5', '4']]],
    ['an empty column in between', 'Employee ID;;First Name;Last Name;Email', [
      ['validateColumnPosition', 'First Name', '3', '2'],
      ['validateColumnPosition', 'Last Name', '4', '3'],
      ['validateColumnPosition', 'Email', '5', '4'],
    ]],
    ['another case', 'employee id;First Name;Last Name;EMAIL', [
      ['validateColumnNames', 'employee id', 'employee id', 'Employee ID'],
      ['validateColumnNames', 'EMAIL', 'EMAIL', 'Email'],
    ]],
    ['spaces and punctuation', `${excelUsers};Phone-Number;Is Manager;Employee Manager ID`, [
      ['validateColumnNames', 'Phone-Number', 'Phone-Number', 'PhoneNumber'],
      ['validateColumnNames', 'Is Manager', 'Is Manager', 'IsManager'],
      ['validateColumnNames', 'Employee Manager ID', 'Employee Manager ID', 'Employee ManagerID'],
    ]],
    ['one letter too many, too few, wrong or in the wrong place', `${csvUsers};Langauge;Activ;Departmant;IsManagers`, [
      ['validateColumnNames', 'Langauge', 'Langauge', 'Language'],
      ['validateColumnNames', 'Activ', 'Activ', 'Active'],
      ['validateColumnNames', 'Departmant', 'Departmant', 'Department'],
      ['validateColumnNames', 'IsManagers', 'IsManagers', 'IsManager'],
    ]],
    ['a nearly right name in a wrong place', 'Employee ID;First Name;Email;Lastname', [
      ['validateColumnNames', 'Lastname', 'Lastname', 'LastName'],
      ['validateColumnPosition', 'Lastname', '4', '3'],
      ['validateColumnPosition', 'Email', '3', '4'],
    ]],
    ['a repeated attribute', `${csvUsers};City;Town;City`, [['validateNoRepeatedColumns', 'City', 'City', 'positions 5, 7']]],
    ['both names of one field', `${csvUsers};PhoneNumber;PhoneNumber(Optional)`, [
      ['validateNoRepeatedColumns', 'PhoneNumber', 'PhoneNumber, PhoneNumber(Optional)', 'positions 5, 6'],
    ]],
    ['a repeated mandatory column', `${csvUsers};Email`, [['validateNoRepeatedColumns', 'Email', 'Email', 'positions 4, 5']]],
    ['all at once', 'Employee ID;Last Name;First Name;phonenumber;City;City', [
      ['validateColumnNames', 'phonenumber', 'phonenumber', 'PhoneNumber'],
      ['validateMandatoryColumns', null, null, 'Email'],
      ['validateColumnPosition', 'First Name', '3', '2'],
      ['validateColumnPosition', 'Last Name', '2', '3'],
      ['validateNoRepeatedColumns', 'City', 'City', 'positions 5, 6'],
    ]],
    ['headers that cannot be kept', `${csvUsers};Ci\0ty;Room\uD83D;${'x'.repeat(201)};${'🙂'.repeat(200)};Cost\ncentre`, [
      ['validateHeaderText', 'Ci\uFFFDty', '5', 'it contains a character that cannot be stored, U+0000'],
      ['validateHeaderText', 'Room\uFFFD', '6', 'it contains a character that cannot be stored, U+D83D'],
      ['validateHeaderText', `${'x'.repeat(60)}…`, '7', 'it is longer than 200 characters'],
    ]],
    ['headers that cannot be kept and are wrong besides', 'Employee ID;First Name;Last Name;E\0mail;a\x01;a\x01', [
      ['validateColumnNames', 'E\uFFFDmail', 'E\uFFFDmail', 'Email'],
      ['validateHeaderText', 'E\uFFFDmail', '4', 'it contains a character that cannot be stored, U+0000'],
      ['validateHeaderText', 'a\uFFFD', '5', 'it contains a character that cannot be stored, U+0001'],
      ['validateHeaderText', 'a\uFFFD', '6', 'it contains a character that cannot be stored, U+0001'],
      ['validateNoRepeatedColumns', 'a\uFFFD', 'a\uFFFD', 'positions 5, 6'],
    ]],
    ['groups without the last columns', 'OrgUnitID;Name;Description', [
      ['validateMandatoryColumns', null, null, 'ResponsibleManager'],
      ['validateMandatoryColumns', null, null, 'ParentOrgUnit'],
    ]],
  ])('%s', (_name, line, issues) => {
    expect(read(line).issues).toEqual(issues);
  });

  test('names the columns of a workbook in its own dialect', () => {
    expect(read('FirstName;LastName', { sheet: 'Users', kind: 'users' }).issues).toEqual([
      ['validateMandatoryColumns', null, null, 'EmployeeID'],
      ['validateMandatoryColumns', null, null, 'Email'],
    ]);
  });

  test('thousands of faults are told by the first ones, quickly', () => {
    const names = Array.from({ length: 16_000 }, (_, index) => (index % 2 === 0 ? 'same' : 'Activ')).join(';');
    const { issues } = read(`${csvUsers};${names}`);
    expect(issues).toHaveLength(101);
    expect(issues.at(-1)?.[3]).toMatch(/^positions (\d+, ){9}\d+ and more$/);
  });
});

describe('the header by which the rows below a faulty header row are judged', () => {
  const judged = (line: string): Pick<SheetHeader, 'columns' | 'inDoubt'> | undefined =>
    readHeader({ sheet: null, kind: null, rows: [{ row: 1, cells: line.split(';') }] }).header ?? undefined;

  test.each<[string, string, string, { fields: readonly string[]; columns: readonly string[] } | null]>([
    ['nearly right names are taken as what they mean', 'employee id;Frist Name;Last Name;E-mail;phone-number;Departmant;Department', 'externalId firstName lastName email phoneNumber groupId groupId', null],
    ['columns in wrong places count by their names', 'Email;City;Employee ID;Last Name;First Name', 'email City externalId lastName firstName', null],
    ['a missing column is in doubt', 'Employee ID;Last Name', 'externalId lastName', { fields: ['firstName', 'email'], columns: [] }],
    ['an unknown name in the place of a missing one is in doubt', 'Employee ID;Förnamn;Last Name;City;Email;Town', 'externalId lastName email Town', { fields: ['firstName'], columns: ['Förnamn', 'City'] }],
    ['a repeated field is in doubt', `${csvUsers};Active;Language;Active`, 'externalId firstName lastName email language', { fields: ['active'], columns: ['Active', 'Active'] }],
    ['a repeated mandatory column is in doubt', `${csvUsers};Employee ID`, 'firstName lastName email', { fields: ['externalId'], columns: ['Employee ID', 'Employee ID'] }],
    ['both names of one field are in doubt', `${csvUsers};PhoneNumber;PhoneNumber(Optional)`, 'externalId firstName lastName email', { fields: ['phoneNumber'], columns: ['PhoneNumber', 'PhoneNumber(Optional)'] }],
    ['a repeated attribute is in doubt', `${csvUsers};City;Town;City`, 'externalId firstName lastName email Town', { fields: [], columns: ['City', 'City'] }],
    ['a nearly right name beside the right one may be anything', `${csvUsers};Email2`, 'externalId firstName lastName email', { fields: [], columns: ['Email2'] }],
    ['two nearly right names may be anything', `${csvUsers};Activ;Actives`, 'externalId firstName lastName email', { fields: ['active'], columns: ['Activ', 'Actives'] }],
    ['a name that cannot be kept may be anything', `${csvUsers};Ci\0ty`, 'externalId firstName lastName email', { fields: [], columns: ['Ci\uFFFDty'] }],
    ['of groups', 'OrgUnitID;Nmae;ParentOrgUnit;ParentOrgUnit', 'orgUnitId name', { fields: ['description', 'responsibleManager', 'parentOrgUnit'], columns: ['ParentOrgUnit', 'ParentOrgUnit'] }],
  ])('%s', (_says, line, columns, doubt) => {
    const header = judged(line);
    expect(header?.columns.map(({ field, name }) => field ?? name).join(' ')).toBe(columns);
    expect(header?.inDoubt === undefined ? null : { fields: header.inDoubt.fields, columns: header.inDoubt.columns.map(({ name }) => name) }).toEqual(doubt);
  });

  test('is the one further down, with its own faults, where the first row is none', () => {
    const rows = [['Our people'], ['Employee ID', 'First Name', 'Last Name', 'E-mail']].map((cells, index) => ({ row: index + 1, cells }));
    const { header, row, issues } = readHeader({ sheet: null, kind: null, rows });
    expect([row, header?.columns.map(({ field }) => field)]).toEqual([2, ['externalId', 'firstName', 'lastName', 'email']]);
    expect(issues.map(({ code, row: at }) => [code, at])).toEqual([['validateHeaderRow', 1], ['validateColumnNames', 2]]);
  });
});

describe('a row that is no header row', () => {
  test.each<[string, string, string]>([
    ['a data row', 'E1;Emil;Berg;emil@example.com', 'none of its cells is the name of a mandatory column, such as EmployeeID or OrgUnitID'],
    ['one known word', 'Telefon;Language;Ort', 'none of its cells is the name of a mandatory column, such as EmployeeID or OrgUnitID'],
    ['far too many columns', `${csvUsers}${';x'.repeat(20_000)}`, 'it has more than 16384 columns'],
  ])('%s', (_name, line, expected) => {
    expect(read(line)).toEqual({ kind: null, fields: [], issues: [['validateHeaderRow', null, null, expected]] });
  });
});
