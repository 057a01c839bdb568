import { utils, write } from '@e965/xlsx';
import { describe, expect, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import { SaxesParser } from 'saxes';

import { bytesOf } from '../byte-source.ts';
import { defaultLimits } from '../limits.ts';
import { readWhole } from '../testing/read-whole.ts';
import { openArchive } from './archive.ts';

const header = ['EmployeeID', 'FirstName', 'LastName', 'Email', 'Note'];
const notes = ['<&>"\'', ' spaces ', 'ö 漢字 😀', 'two\nlines', 'a\tb', '', 'E1', ']]>', '-', '#N/A', '1E5'];
const table = [header, ...notes.map((note, index) => [`E${index}`, 'Ada', index % 3 === 0 ? '' : 'Berg', `a${index}@example.com`, note])];

async function byExcelJs(): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet('Users').addRows(table);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function bySheetJs(bookSST: boolean): Uint8Array {
  const workbook = utils.book_new(utils.aoa_to_sheet(table), 'Users');
  return new Uint8Array(write(workbook, { bookType: 'xlsx', type: 'buffer', bookSST }) as ArrayBuffer);
}

/** The text of each `parent` element of a part, as an independent parser sees it, with the attributes that were asked for. */
async function elements(file: Uint8Array, name: string, parent: string): Promise<{ text: string; attributes: Record<string, string> }[]> {
  const archive = await openArchive(bytesOf(file), defaultLimits);
  if (!archive.has(name)) return [];
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive.read(name)) chunks.push(chunk);
  const found: { text: string; attributes: Record<string, string> }[] = [];
  let isInText = false;
  const parser = new SaxesParser({ xmlns: false });
  parser.on('opentag', ({ name: tag, attributes }) => {
    if (tag === parent) found.push({ text: '', attributes });
    isInText = tag === 't' || tag === 'v';
  });
  parser.on('closetag', () => (isInText = false));
  const add = (text: string): void => {
    const last = found.at(-1);
    if (isInText && last !== undefined) last.text += text;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(Buffer.concat(chunks).toString()).close();
  return found;
}

describe('a sheet', () => {
  test.each<[string, () => Uint8Array | Promise<Uint8Array>]>([
    ['exceljs', byExcelJs],
    ['SheetJS with inline texts', () => bySheetJs(false)],
    ['SheetJS with shared texts', () => bySheetJs(true)],
  ])('of %s has the cells that an independent parser finds', async (_program, make) => {
    const file = await make();
    const strings = await elements(file, 'xl/sharedStrings.xml', 'si');
    const cells = await elements(file, 'xl/worksheets/sheet1.xml', 'c');
    const independent = new Map(
      cells.map(({ text, attributes }) => [attributes['r'] ?? '', attributes['t'] === 's' ? (strings[Number(text)]?.text ?? '') : text]),
    );
    const { rows, issues } = await readWhole(file);
    expect(issues).toEqual([]);
    expect(rows.map(({ cells: read }) => [...read, ''].slice(0, header.length))).toEqual(table.slice(1));
    for (const { row, cells: read } of rows) {
      const found = read.map((_text, column) => independent.get(`${String.fromCharCode(65 + column)}${row}`) ?? '');
      expect(read).toEqual(found);
    }
  });
});
