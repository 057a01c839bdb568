import { describe, expect, test } from '@jest/globals';

import { readWhole } from './testing/read-whole.ts';
import { usersHeader, workbookOf } from './testing/workbook-of.ts';

const styles = '<numFmts count="1"><numFmt numFmtId="164" formatCode="00000"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>';

/** Ids as a workbook keeps them: a number, a number shown with five digits, or a text. */
type Id = number | { readonly shown: number } | string;

async function warnings(ids: readonly Id[]): Promise<readonly string[]> {
  const rows = ids.map((id, index) => `<row r="${index + 2}">${cell(id, index + 2)}</row>`).join('');
  return (await readWhole(workbookOf({ sheets: { Users: usersHeader + rows }, styles }))).issues;
}

function cell(id: Id, row: number): string {
  if (typeof id === 'string') return `<c r="A${row}" t="str"><v>${id}</v></c>`;
  return typeof id === 'number' ? `<c r="A${row}"><v>${id}</v></c>` : `<c r="A${row}" s="1"><v>${id.shown}</v></c>`;
}

describe('ids that may have lost leading zeros', () => {
  test.each<[string, Id[], string]>([
    ['numbers of several lengths', [1001, 42, 1002], '42 in row 3, 1001 in row 2'],
    ['a number beside a longer text with zeros', [1001, '00042'], '1001 in row 2, 00042 in row 3'],
    ['a number beside a longer number that shows zeros', [{ shown: 42 }, 1001], '1001 in row 3, 00042 in row 2'],
    ['the shortest among many', [100, 1001, 7, '0000000042'], '7 in row 4, 0000000042 in row 5'],
  ])('%s', async (_name, ids, places) => {
    const [first = '', ...others] = await warnings(ids);
    expect(others).toEqual([]);
    expect(first).toMatch(/^validateLeadingZeros Users!\d+: Ids in EmployeeID are kept as numbers/);
    expect(first.endsWith(`: ${places}.`)).toBe(true);
  });

  test.each<[string, Id[]]>([
    ['numbers of one length', [1001, 1002]],
    ['texts of several lengths', ['1001', '42', '00042']],
    ['a number beside a shorter text with zeros', [1001, '007']],
    ['numbers that all show zeros', [{ shown: 42 }, { shown: 1001 }]],
    ['texts with letters', [1001, 'E00042', '0x1234567']],
    ['a fraction, which is no id', [1001, 1.5]],
    ['a zero', ['0', 1]],
  ])('not %s', async (_name, ids) => {
    expect(await warnings(ids)).toEqual([]);
  });

  test('not in CSV, where nobody knows what was a number', async () => {
    const { issues } = await readWhole(Buffer.from('Employee ID;First Name;Last Name;Email\n1001;a;b;c\n42;a;b;c\n00042;a;b;c\n'));
    expect(issues).toEqual([]);
  });
});

describe('what else only a workbook tells', () => {
  test.each<[string, string, string[]]>([
    ['a formula without a result', '<c r="A2"><v>1</v></c><c r="B2"><f>C2</f></c>', ['validateFormulaResults']],
    ['a formula with an empty value', '<c r="A2"><v>1</v></c><c r="B2"><f>C2</f><v></v></c>', ['validateFormulaResults']],
    ['nothing but a formula without a result', '<c r="A2"><f>C2</f></c>', ['validateFormulaResults', 'validateFileHasRows']],
    ['a formula whose result is an empty text', '<c r="A2"><v>1</v></c><c r="B2" t="str"><f>C2</f><v></v></c>', []],
    ['a formula right of all headers', '<c r="A2"><v>1</v></c><c r="K2"><f>C2</f></c>', []],
  ])('%s', async (_name, cells, codes) => {
    const { issues } = await readWhole(workbookOf({ sheets: { Users: `${usersHeader}<row r="2">${cells}</row>` } }));
    expect(issues.map((words) => words.split(' ')[0])).toEqual(codes);
  });

  test('merged cells are told in one finding, after the rows', async () => {
    const merges = Array.from({ length: 12 }, (_, index) => `<mergeCell ref="B${2 * index + 2}:B${2 * index + 3}"/>`).join('');
    const sheet = `${usersHeader}<row r="2"><c r="A2"><v>1</v></c></row></sheetData><mergeCells>${merges}<mergeCell ref="odd"/></mergeCells><sheetData>`;
    const { issues } = await readWhole(workbookOf({ sheets: { Users: sheet } }));
    expect(issues).toEqual([
      'validateNoMergedCells Users!2: Cells are merged (B2:B3, B4:B5, B6:B7, B8:B9, B10:B11, B12:B13, B14:B15, B16:B17, B18:B19, B20:B21 and more); the value counts for the first of them only, the others are empty.',
    ]);
  });
});
