import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { shownFileIssues, toCsv, toXlsBySheetjs, toXlsxBySheetjs, type ExpectedFileIssue, type Table } from '@rosterport/fixtures';
import { splitIssues } from '@rosterport/domain';
import { testGround } from './testing/chapter.ts';
import { Company } from './testing/company.ts';
import { checkRefused, type FileFinding } from './testing/refusals.ts';

const header = ['Employee ID', 'First Name', 'Last Name', 'Email', 'City'];
const rows = [
  ['A', 'Ada', 'Berg', 'ada@example.com', 'Lund'],
  ['B', 'Bo', 'Dahl', 'bo@example.com', 'Malmö'],
];
const users: Table = { sheet: 'Users', header, rows };
const groups: Table = { sheet: 'Groups', header: ['OrgUnitID', 'Name', 'Description', 'ResponsibleManager', 'ParentOrgUnit'], rows: [['G', 'Garden', '', '', '']] };
const excelHeader = ['EmployeeID', 'FirstName', 'LastName', 'Email', 'City'];
const text = toCsv(users);
const upToBo = toCsv({ header, rows: rows.slice(0, 1) });
const line = `${header.join(';')}\n`;
/** Where the `ö` of Malmö stands, counted in bytes from 0. */
const wrongByte = Buffer.byteLength(text.slice(0, text.indexOf('ö')));

const ground = testGround();
let company: Company | undefined;
beforeAll(async () => {
  company = await Company.found(ground());
});
afterAll(() => company?.close());

function send(bytes: Uint8Array | string, fileName = 'upload') {
  return (company as Company).ingest.sendBytes(fileName, Buffer.from(bytes));
}

describe('A file that is refused as a whole, with everything that is wrong with it', () => {
  test.each<[string, Uint8Array | string, readonly FileFinding[]]>([
    ['commas between the cells', toCsv(users, { separator: ',' }), [['validateSeparator', null, 'comma']]],
    ['commas between the cells under the headers of the Excel dialect', toCsv({ header: excelHeader, rows }, { separator: ',' }), [['validateSeparator', null, 'comma']]],
    ['commas between the cells of groups', toCsv(groups, { separator: ',' }), [['validateSeparator', null, 'comma']]],
    ['tabs between the cells', toCsv(users, { separator: '\t' }), [['validateSeparator', null, 'tab']]],
    ['tabs between the cells of groups', toCsv(groups, { separator: '\t' }), [['validateSeparator', null, 'tab']]],
    ['Windows-1252', Buffer.from(text, 'latin1'), [['validateEncoding', null, `byte ${wrongByte} `, 'row 3']]],
    ['Windows-1252 and |', Buffer.from(toCsv(users, { separator: '|' }), 'latin1'), [['validateEncoding', null, `byte ${wrongByte} `]]],
    ['UTF-16 with a byte order mark', Buffer.from(`\uFEFF${text}`, 'utf16le'), [['validateEncoding', null, 'byte 0 ', 'UTF-16']]],
    ['UTF-16, the high byte first', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(), [['validateEncoding', null, 'byte 0 ', 'UTF-16']]],
    ['no byte at all', '', [['validateFileIsNotEmpty', null]]],
    ['nothing but spaces and line ends', ' \r\n\n', [['validateFileIsNotEmpty', null]]],
    ['no row below the header', line, [['validateFileHasRows', null]]],
    ['a quote that is never closed', `${text}C;"Cia;Ek;cia@example.com;Lund\n`, [['validateFileIsComplete', null, 'row 4']]],
    ['a last record with too few cells', `${upToBo}B;Bo;Da`, [['validateFileIsComplete', null, 'row 3']]],
    ['a last record cut off within a character', Buffer.from(text).subarray(0, wrongByte + 1), [['validateFileIsComplete', null, 'row 3']]],
    [
      'commas, a column missing, one misspelt and one repeated',
      'Employee ID,First Name,Email,City,Lnaguage,City\nA,Ada,ada@example.com,Lund,sv,Lund\n',
      [
        ['validateSeparator', null, 'comma'],
        ['validateMandatoryColumns', null, 'Last Name'],
        ['validateColumnNames', 'Lnaguage', 'Language'],
        ['validateNoRepeatedColumns', 'City'],
      ],
    ],
    [
      'Windows-1252, columns in wrong places and a quote that is never closed',
      Buffer.from('Employee ID;Last Name;First Name;Email\nA;Åsa;Berg;asa@example.com\nB;"Bo;Dahl;bo@example.com\n', 'latin1'),
      [
        ['validateEncoding', null, 'row 2'],
        ['validateColumnPosition', 'Last Name'],
        ['validateColumnPosition', 'First Name'],
        ['validateFileIsComplete', null, 'row 3'],
      ],
    ],
    ['two workbook sheets without a row', toXlsxBySheetjs([{ ...users, rows: [] }, { ...groups, rows: [] }]), [['validateFileHasRows', null]]],
    ['a .xlsx that is cut off', toXlsxBySheetjs([users]).subarray(0, 900), [['validateFileIsReadable', null]]],
  ])('%s', async (_says, bytes, findings) => {
    checkRefused(await send(bytes), findings);
    expect(await company?.directory()).toEqual({ users: [], groups: [] });
  });
});

describe('A file that is taken', () => {
  const noFinalLineEnd: readonly ExpectedFileIssue[] = [{ code: 'validateFinalLineEnd' }];
  test.each<[string, Uint8Array | string, readonly ExpectedFileIssue[]]>([
    ['semicolons', text, []],
    ['pipes', toCsv(users, { separator: '|' }), []],
    ['a byte order mark', toCsv(users, { byteOrderMark: true }), []],
    ['line ends of two characters', toCsv(users, { lineEnd: '\r\n' }), []],
    ['a byte order mark, pipes and line ends of two characters', toCsv(users, { byteOrderMark: true, separator: '|', lineEnd: '\r\n' }), []],
    ['every cell in quotes', text.replaceAll(/[^;\n]+/g, '"$&"'), []],
    ['no final line end: a warning, since absence means nothing here', toCsv(users, { finalLineEnd: false }), noFinalLineEnd],
    ['no final line end after quotes', `${upToBo}B;Bo;Dahl;bo@example.com;"Malmö"`, noFinalLineEnd],
    ['commas within the cells', toCsv({ header, rows: rows.map((cells) => cells) }).replaceAll('Berg', 'Berg, Dr.'), []],
    ['a workbook as .xlsx', toXlsxBySheetjs([users]), []],
    ['a workbook as .xls', toXlsBySheetjs([users]), []],
    ['a sheet without rows beside one with rows', toXlsxBySheetjs([{ ...groups, rows: [] }, users]), []],
  ])('%s', async (_says, bytes, expected) => {
    const { job, rows: results } = await send(bytes);
    expect({ failure: job.failure, state: job.state, rows: results.length }).toEqual({ failure: null, state: 'applied', rows: 2 });
    const issues = splitIssues(job.issues).file.filter(({ code }) => code !== 'validateNewAttributes');
    expect(shownFileIssues(issues, expected)).toEqual(expected);
    const people = (await company?.directory())?.users.map((user) => [user.externalId, user.firstName, user.attributes['City']]);
    expect(people).toEqual([['A', 'Ada', 'Lund'], ['B', 'Bo', 'Malmö']]);
  });

  test.each(['users.pdf', 'users.csv', 'groups.xls', 'Users'])('a workbook of users whatever its name says: %s', async (fileName) => {
    const { job } = await send(toXlsxBySheetjs([users]), fileName);
    expect({ state: job.state, unchanged: job.counts.unchanged }).toEqual({ state: 'applied', unchanged: 2 });
  });

  test('one of groups is told by its headers, whatever its name says', async () => {
    const { job } = await send(toCsv(groups), 'users.csv');
    expect({ state: job.state, created: job.changes.groupsCreated }).toEqual({ state: 'applied', created: 1 });
  });
});
