import { describe, expect, test } from '@jest/globals';

import { readWhole } from '../testing/read-whole.ts';

const header = 'Employee ID;First Name;Last Name;Email';
const ada = 'E1;Ada;Berg;ada@example.com';
const bo = 'E2;Bo;Dahl;bo@example.com';

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

describe('what is wrong with a CSV file', () => {
  test.each<[string, string | Buffer, string[]]>([
    ['nothing', `${header}\n${ada}\n${bo}\n`, []],
    ['nothing, with a mark and CRLF', `\uFEFF${header}\r\n${ada}\r\n`, []],
    ['no bytes', '', ['validateFileIsNotEmpty file: The file is empty.']],
    ['blank lines only', '\uFEFF \r\n\t\n', ['validateFileIsNotEmpty file: The file is empty.']],
    ['a header only', `${header}\n`, ['validateFileHasRows file: There is a header row, but no data row below it.']],
    ['a header and empty rows', `${header}\n;;;\n\n  \n`, ['validateFileHasRows file: There is a header row, but no data row below it.']],
    ['commas', `${header}\n${ada}\n`.replaceAll(';', ','), ['validateSeparator 1: The cells are separated by , (comma); only ; (semicolon) and | (pipe) are accepted.']],
    ['tabs', `${header}\n${ada}\n`.replaceAll(';', '\t'), ['validateSeparator 1: The cells are separated by tab; only ; (semicolon) and | (pipe) are accepted.']],
    ['commas and a missing column', 'Employee ID,First Name,Last Name\nE1,Ada,Berg\n', [
      'validateSeparator 1: The cells are separated by , (comma); only ; (semicolon) and | (pipe) are accepted.',
      'validateMandatoryColumns 1: The column Email is missing.',
    ]],
    ['Windows-1252', latin1(`${header}\n${ada}\nE2;Bj\xf6rn;Dahl;bo@example.com\n`), [
      'validateEncoding 3: The file is not UTF-8: byte 72 (row 3) is not UTF-8 but probably Windows-1252 or ISO 8859-1.',
    ]],
    ['Windows-1252 and other faults', latin1(`${header};Email\nE1;\xc5sa;Berg;a@example.com\n${ada};"open\n`), [
      'validateNoRepeatedColumns 1: The header Email stands in the file more than once (positions 4, 5).',
      'validateEncoding 2: The file is not UTF-8: byte 48 (row 2) is not UTF-8 but probably Windows-1252 or ISO 8859-1.',
      'validateFileIsComplete 3: The file seems to be cut off: a quote opened in row 3 is never closed.',
    ]],
    ['UTF-16', Buffer.from(`\uFEFF${header}\n${ada}\n`, 'utf16le'), ['validateEncoding file: The file is not UTF-8: byte 0 (row 1) shows UTF-16 (little-endian).']],
    ['an end within a character', Buffer.from(`${header}\n${ada}\nE2;Björn`).subarray(0, -3), [
      'validateFileIsComplete 3: The file seems to be cut off: it ends within a character of row 3.',
    ]],
    ['an open quote', `${header}\nE1;"Ada;Berg;\n${bo}\n`, [
      'validateFileIsComplete 2: The file seems to be cut off: a quote opened in row 2 is never closed.',
    ]],
    ['an open quote that a later one closes', `${header}\nE1;"Ada;Berg;\nE2;"Bo";Dahl;b@example.com\n`, [
      'validateFileIsComplete 2: The file seems to be cut off: a quote opened in row 2 is not closed at the end of its cell.',
    ]],
    ['a last row that was cut', `${header}\n${ada}\nE2;Bo`, [
      'validateFileIsComplete 3: The file seems to be cut off: its last row, row 3, has fewer cells than the header and no line end.',
    ]],
    ['a short last row among short rows', `${header}\nE1;Ada;Berg\n${bo}\nE3;Cy;Ek`, [
      'validateFinalLineEnd 4: The last line has no line end, so the file may have been cut off within its last cell.',
    ]],
    ['a last line without end', `${header}\n${ada}`, [
      'validateFinalLineEnd 2: The last line has no line end, so the file may have been cut off within its last cell.',
    ]],
    ['a second header row', `${header}\n${header}\n${ada}\n${header}\n${bo}\n`, [
      'validateSingleHeaderRow 2: Row 2 is a second header row.',
      'validateSingleHeaderRow 4: Row 4 is a second header row.',
    ]],
    ['a second table', `${header}\n${ada}\nOrgUnitID;Name;Description;ResponsibleManager;ParentOrgUnit\nD1;HR;;;\n`, [
      'validateSingleHeaderRow 3: Row 3 is a second header row.',
    ]],
    ['a value below an empty header', `${header};;City\n${ada};;Oslo\n${bo};x;Oslo\n`, [
      'validateHeaderRow 1: The first row is not a header row of users or groups: column 5 has no header, but a value in row 3.',
    ]],
    ['an empty column', `${header};;City;\n${ada};;Oslo;\n`, []],
    ['a title above', `Export of today\n${header}\n${ada}\n`, [
      'validateHeaderRow 1: The first row is not a header row of users or groups: the header row was found in row 2.',
    ]],
    ['a separator hint of Excel', `sep=;\n${header}\n${ada}\n`, [
      'validateHeaderRow 1: The first row is not a header row of users or groups: the header row was found in row 2.',
    ]],
    ['a blank line above', `\n${header}\n${ada}\n`, [
      'validateHeaderRow 1: The first row is not a header row of users or groups: the header row was found in row 2.',
    ]],
    ['no header', `${ada}\n${bo}\n`, [
      'validateHeaderRow 1: The first row is not a header row of users or groups: none of its cells is the name of a mandatory column, such as EmployeeID or OrgUnitID.',
    ]],
    ['a record without end', `${header}\n${'x'.repeat(2_000_000)}\n`, [
      'validateWorkbookLimits 2: The file holds more than can be read safely: row 2 is longer than the 1048576 bytes that a row may have; probably a quote in it is not closed.',
    ]],
  ])('%s', async (_name, content, expected) => {
    const { issues } = await readWhole(Buffer.from(content));
    expect(issues).toEqual(expected);
  });
});

describe('rows of a CSV file', () => {
  test.each<[string, string, (readonly [number, ...string[]])[]]>([
    ['pipes', 'Employee ID|First Name|Last Name|Email\nE1|Ada|Berg;Ek|a@example.com\n', [[2, 'E1', 'Ada', 'Berg;Ek', 'a@example.com']]],
    ['a quoted line break is one row', `${header}\nE1;"Ada\nMaria";Berg;\n\n${bo}\n`, [
      [2, 'E1', 'Ada\nMaria', 'Berg', ''],
      [4, 'E2', 'Bo', 'Dahl', 'bo@example.com'],
    ]],
    ['too few and too many cells', `${header}\nE1;Ada\n${bo};x\nE3;Cy;Ek;c@example.com;;\n`, [
      [2, 'E1', 'Ada'],
      [3, 'E2', 'Bo', 'Dahl', 'bo@example.com', 'x'],
      [4, 'E3', 'Cy', 'Ek', 'c@example.com'],
    ]],
    ['NUL, formulas and odd names', `${header};__proto__;constructor\nE1;A\0da;=1+1;;x;y\n`, [[2, 'E1', 'A\0da', '=1+1', '', 'x', 'y']]],
  ])('%s', async (_name, text, expected) => {
    const { rows, issues } = await readWhole(Buffer.from(text));
    expect(issues).toEqual([]);
    expect(rows.map(({ row, cells }) => [row, ...cells])).toEqual(expected);
  });

  test('header names of any kind are attributes', async () => {
    const { headers } = await readWhole(Buffer.from(`${header};__proto__;A\u030Angstrom\n${ada};x;y\n`));
    expect(headers[0]?.columns.slice(4)).toEqual([
      { position: 4, name: '__proto__', field: null },
      { position: 5, name: 'Ångstrom', field: null },
    ]);
  });
});
