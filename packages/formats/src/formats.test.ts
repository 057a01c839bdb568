import { utils, write, type CellObject, type WorkSheet } from '@e965/xlsx';
import { describe, expect, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import Papa from 'papaparse';

import { bytesOf, type ByteSource } from './byte-source.ts';
import { detect } from './detect.ts';
import type { Format } from './format-reader.ts';
import { formats } from './formats.ts';
import { parse } from './parse.ts';
import { readWhole } from './testing/read-whole.ts';

const header = ['EmployeeID', 'FirstName', 'LastName', 'Email', 'PhoneNumber', 'IsManager', 'Department', 'Department', 'Hired', 'Cost centre'];
const people = [
  ['E1', 'Åsa', 'Öberg', 'asa@example.com', '+46701234567', '1', 'D1', 'D2', '2024-01-15', '00042'],
  ['E2', '山田', '太郎', 'taro@example.com', '', '', 'D1', '', '', ''],
  ['', '', '', '', '', '', '', '', '', ''],
  ['46701234567', 'Ada;Bea|"Cy"', 'two\nlines', '', '+4512345678', '0', '', '', '', '=1+1'],
  ...Array.from({ length: 1200 }, (_, index) => [`P${index}`, 'José', 'Muñoz', `p${index}@example.com`]),
];
const table = [header, ...people];

/** What other programs make of the same table. Each line is one program's file of one of the formats. */
const files: readonly (readonly [Format, string, () => Uint8Array | Promise<Uint8Array>])[] = [
  ['csv', 'papaparse with ;', () => Buffer.from(`${Papa.unparse(table, { delimiter: ';' })}\n`)],
  ['csv', 'papaparse with |, CRLF and all quotes', () => Buffer.from(`\uFEFF${Papa.unparse(table, { delimiter: '|', newline: '\r\n', quotes: true })}\r\n`)],
  ['xlsx', 'exceljs', () => byExcelJs()],
  ['xlsx', 'SheetJS with inline texts', () => bySheetJs('xlsx', false)],
  ['xlsx', 'SheetJS with shared texts', () => bySheetJs('xlsx', true)],
  ['xls', 'SheetJS', () => bySheetJs('biff8', false)],
];

describe('every format', () => {
  test('has a file in this suite', () => {
    expect(new Set(files.map(([format]) => format))).toEqual(new Set(formats.map(({ format }) => format)));
  });

  test.each(files)('%s by %s gives the same headers and rows', async (format, _program, make) => {
    const { headers, rows, ...rest } = await readWhole(await make());
    expect(rest).toEqual({ format, issues: [] });
    expect(headers.map(({ kind, columns }) => [kind, ...columns.map(({ name }) => name)])).toEqual([['users', ...header]]);
    expect(rows.map(({ row, cells }) => [row, ...withoutTail(cells)])).toEqual(
      people.flatMap((cells, index) => (cells.join('') === '' ? [] : [[index + 2, ...withoutTail(cells)]])),
    );
  });

  test.each(files)('%s by %s passes on what its source throws', async (_format, _program, make) => {
    const bytes = await make();
    const fault = new Error('the disk is gone');
    const whole = bytesOf(bytes);
    const detected = await detect(whole);
    if (!detected.ok) throw new Error('not detected');
    for (let healthy = 0; healthy < 6; healthy++) {
      let reads = 0;
      const failing: ByteSource = {
        size: bytes.length,
        read: (position, length) => (reads++ < healthy ? whole.read(position, length) : Promise.reject(fault)),
      };
      const outcome = await drain(failing, detected).catch((error: unknown) => error);
      if (reads > healthy) expect(outcome).toBe(fault);
    }
    await expect(detect({ size: bytes.length, read: () => Promise.reject(fault) })).rejects.toBe(fault);
  });

  test.each(files)('%s by %s can be left in the middle', async (_format, _program, make) => {
    const source = bytesOf(await make());
    const detected = await detect(source);
    if (!detected.ok) throw new Error('not detected');
    for await (const event of parse(source, detected)) {
      expect(event.kind).toBe('rows');
      break;
    }
  });

  test.each(files)('%s by %s, cut off anywhere, yields findings and never throws', async (format, _program, make) => {
    const bytes = await make();
    const step = format === 'xls' ? Math.ceil(bytes.length / 12) : Math.max(97, Math.ceil(bytes.length / 60));
    for (let size = 0; size < bytes.length; size += step) {
      const { issues } = await readWhole(bytes.subarray(0, size));
      // A CSV file that was cut between two records is a whole, shorter file.
      const isWhole = format === 'csv' && /[\r\n]/.test(String.fromCharCode(bytes[size - 1] ?? 0));
      expect({ size, isRefused: issues.length > 0 || isWhole }).toEqual({ size, isRefused: true });
    }
  });
});

function withoutTail(cells: readonly string[]): readonly string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
}

async function drain(source: ByteSource, detected: Extract<Awaited<ReturnType<typeof detect>>, { ok: true }>): Promise<number> {
  let count = 0;
  for await (const event of parse(source, detected)) count += event.kind === 'rows' ? event.rows.length : 0;
  return count;
}

async function byExcelJs(): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Users');
  for (const cells of table) sheet.addRow(cells.map((cell) => (cell === '' ? null : cell)));
  sheet.getCell('F2').value = true;
  sheet.getCell('I2').value = new Date('2024-01-15T00:00:00Z');
  sheet.getCell('J2').value = 42;
  sheet.getCell('J2').numFmt = '00000';
  sheet.getCell('A5').value = 46701234567;
  sheet.getCell('B3').value = { richText: [{ text: '山' }, { text: '田', font: { bold: true } }] };
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function bySheetJs(bookType: 'xlsx' | 'biff8', bookSST: boolean): Uint8Array {
  const sheet: WorkSheet = utils.aoa_to_sheet(table.map((cells) => cells.map((cell) => (cell === '' ? null : cell))));
  const special: Record<string, CellObject> = {
    F2: { t: 'b', v: true },
    I2: { t: 'n', v: 45306, z: 'yyyy-mm-dd' },
    J2: { t: 'n', v: 42, z: '00000' },
    A5: { t: 'n', v: 46701234567 },
  };
  Object.assign(sheet, special);
  const workbook = utils.book_new();
  utils.book_append_sheet(workbook, sheet, 'Users');
  return new Uint8Array(write(workbook, { bookType, type: 'buffer', bookSST }) as ArrayBuffer);
}
