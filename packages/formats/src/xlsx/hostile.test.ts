import { describe, expect, test } from '@jest/globals';

import { bytesOf } from '../byte-source.ts';
import { detect } from '../detect.ts';
import { parse } from '../parse.ts';
import { readWhole } from '../testing/read-whole.ts';
import { textRow, usersHeader, workbookOf, workbookParts } from '../testing/workbook-of.ts';
import { zipOf, type PackedData, type ZipPart } from '../testing/zip-of.ts';

const people = `${usersHeader}${textRow(2, 'E1', 'Ada', 'Berg', 'ada@example.com')}`;
const parts = workbookParts({ sheets: { Users: people } });
const sheetPart = 'xl/worksheets/sheet1.xml';

function changed(name: string, change: (part: ZipPart) => Partial<ZipPart>): Buffer {
  return zipOf(parts.map((part) => (part.name === name ? { ...part, ...change(part) } : part)));
}

function withSheet(data: string): Buffer {
  return changed(sheetPart, () => ({ data }));
}

/** More than is unpacked at once. */
const large = `${people}${' '.repeat(300_000)}`;

function withLargeSheet(change: Partial<ZipPart>): Buffer {
  return changed(sheetPart, ({ data }) => ({ data: String(data).replace(people, large), ...change }));
}

/** Bytes of a part that nobody packed. */
function notPacked(size: number): PackedData {
  return { bytes: Buffer.alloc(100, 0xff), size, crc: 0 };
}

describe('a workbook that is not what it seems', () => {
  test.each<[string, () => Buffer, string]>([
    ['a path that leads out', () => zipOf([...parts, { name: '../evil.xml', data: 'x' }]), 'validateWorkbookLimits'],
    ['an absolute path', () => zipOf([...parts, { name: '/etc/passwd', data: 'x' }]), 'validateWorkbookLimits'],
    ['two parts of one name', () => zipOf([...parts, { name: sheetPart.toUpperCase(), data: 'x' }]), 'validateWorkbookLimits'],
    ['a locked part', () => changed(sheetPart, () => ({ lies: { flags: 1 } })), 'validateFileIsNotEncrypted'],
    ['an unknown packing', () => changed(sheetPart, () => ({ lies: { method: 12 } })), 'validateFileIsReadable'],
    ['a wrong checksum', () => changed(sheetPart, () => ({ lies: { crc: 1 } })), 'validateFileIsReadable'],
    ['a size that is too small', () => changed(sheetPart, () => ({ lies: { size: 100 } })), 'validateFileIsReadable'],
    ['a size that is too large', () => changed(sheetPart, () => ({ lies: { size: 1e6 } })), 'validateFileIsReadable'],
    ['bytes that were never packed', () => changed(sheetPart, () => ({ packed: notPacked(1000) })), 'validateFileIsReadable'],
    ['bytes that were never packed, for a large part', () => changed(sheetPart, () => ({ packed: notPacked(1e6) })), 'validateFileIsReadable'],
    ['a wrong checksum of a large part', () => withLargeSheet({ lies: { crc: 1 } }), 'validateFileIsReadable'],
    ['a size that is too small for a large part', () => withLargeSheet({ lies: { size: 1000 } }), 'validateFileIsReadable'],
    ['a size that is somewhat too small for a large part', () => withLargeSheet({ lies: { size: 290_000 } }), 'validateFileIsReadable'],
    ['a size that is too large for a large part', () => withLargeSheet({ lies: { size: 1e7 } }), 'validateFileIsReadable'],
    ['a directory that contradicts the part', () => changed(sheetPart, () => ({ lies: { localSize: 5 } })), 'validateFileIsReadable'],
    ['a missing sheet', () => zipOf(parts.filter(({ name }) => name !== sheetPart)), 'validateFileIsReadable'],
    ['a missing list of sheets', () => zipOf(parts.filter(({ name }) => name !== 'xl/workbook.xml')), 'validateFileIsReadable'],
    ['a document type', () => withSheet('<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet/>'), 'validateFileIsReadable'],
    ['an unknown entity', () => withSheet(`<worksheet><sheetData>${usersHeader}<row><c t="str"><v>&a;</v></c></row></sheetData></worksheet>`), 'validateFileIsReadable'],
    ['a bare ampersand', () => withSheet(`<worksheet><sheetData>${usersHeader}<row><c t="str"><v>a & b</v></c></row></sheetData></worksheet>`), 'validateFileIsReadable'],
    ['tags that do not pair', () => withSheet(`<worksheet><sheetData>${usersHeader}<row><c></row></c></sheetData></worksheet>`), 'validateFileIsReadable'],
    ['XML that ends too soon', () => withSheet(`<worksheet><sheetData>${people}`), 'validateFileIsReadable'],
    ['text behind the end', () => withSheet(`<worksheet><sheetData>${people}</sheetData></worksheet>more`), 'validateFileIsReadable'],
    ['UTF-16', () => changed(sheetPart, () => ({ data: Buffer.from(`\uFEFF<worksheet><sheetData>${people}</sheetData></worksheet>`, 'utf16le') })), 'validateFileIsReadable'],
    ['an empty sheet part', () => withSheet(''), 'validateFileIsReadable'],
    ['a shared text that is not there', () => withSheet(`<worksheet><sheetData>${usersHeader}<row><c t="s"><v>7</v></c></row></sheetData></worksheet>`), 'validateFileIsReadable'],
    ['a column beyond all sheets', () => withSheet(`<worksheet><sheetData>${usersHeader}<row><c r="ZZZZZZ2"><v>7</v></c></row></sheetData></worksheet>`), 'validateFileIsReadable'],
    ['a row beyond all sheets', () => withSheet(`<worksheet><sheetData>${usersHeader}<row r="99999999"><c><v>7</v></c></row></sheetData></worksheet>`), 'validateFileIsReadable'],
    ['a part that grows a thousandfold', () => withSheet(`<worksheet>${' '.repeat(24_000_000)}<sheetData>${people}</sheetData></worksheet>`), 'validateWorkbookLimits'],
  ])('%s is refused', async (_name, make, code) => {
    const { format, issues } = await readWhole(make());
    expect({ format, codes: issues.map((words) => words.split(' ')[0]) }).toEqual({ format: 'xlsx', codes: [code] });
  });

  test('one that is what it seems is read, also when its sheet is large', async () => {
    for (const file of [zipOf(parts), withLargeSheet({})]) expect(await readWhole(file)).toMatchObject({ rows: [{ row: 2 }], issues: [] });
  });

  test.each([
    ['in the cell', (text: string) => workbookOf({ sheets: { Users: people + textRow(3, text) + textRow(4, 'E3') } })],
    ['as a value', (text: string) => workbookOf({ sheets: { Users: `${people}<row r="3"><c r="A3" t="str"><v>${text}</v></c></row>${textRow(4, 'E3')}` } })],
    ['shared', (text: string) => workbookOf({ sheets: { Users: `${people}<row r="3"><c r="A3" t="s"><v>0</v></c></row>${textRow(4, 'E3')}` }, strings: `<si><t>${text}</t></si>` })],
  ])('a megabyte in one cell, %s, is cut beyond what any value may have, and the rows below are read', async (_name, make) => {
    for (const text of ['x'.repeat(1_000_000), `${' '.repeat(1_000_000)}${'x'.repeat(1_000_000)}`, '🙂'.repeat(500_000)]) {
      const { rows, issues } = await readWhole(make(text));
      expect(issues).toEqual([]);
      expect(rows.map(({ row }) => row)).toEqual([2, 3, 4]);
      const cell = rows[1]?.cells[0] ?? '';
      expect([cell.length >= 65_536, cell.length <= 65_537, cell === text.trim().slice(0, cell.length)]).toEqual([true, true, true]);
    }
  });

  test('a sheet that cannot be read does not hide what is wrong with the other', async () => {
    const groups = `${textRow(1, 'OrgUnitID', 'Name', 'Description', 'ParentOrgUnit', 'ResponsibleManager')}${textRow(2, 'D1')}`;
    const sheets = workbookParts({ sheets: { Users: people, Groups: groups } });
    const broken = (data: string) => zipOf(sheets.map((part) => (part.name === sheetPart ? { ...part, data } : part)));
    for (const data of ['<worksheet><sheetData>', `<worksheet><sheetData>${people}`, `<worksheet><sheetData>${people}${textRow(3, '&x;')}`]) {
      const { issues } = await readWhole(broken(data));
      expect(issues.map((words) => words.split(' ')[0]).toSorted()).toEqual(['validateColumnPosition', 'validateColumnPosition', 'validateFileIsReadable']);
    }
  });

  test('a name of a sheet holds nothing that cannot be kept, and is short', async () => {
    const file = workbookOf({ sheets: { [`A&#0;&#xD800;${'b'.repeat(10_000)}`]: people } });
    const { rows, issues } = await readWhole(file);
    expect({ issues, sheet: rows[0]?.sheet }).toEqual({ issues: [], sheet: `A\uFFFD\uFFFD${'b'.repeat(97)}` });
  });

  test('a name of a column that would change objects is a name', async () => {
    const data = `${usersHeader.replace('</row>', '<c t="str"><v>__proto__</v></c></row>')}${textRow(2, 'E1', 'Ada', 'Berg', '', 'x')}`;
    const { headers, rows, issues } = await readWhole(workbookOf({ sheets: { Users: data } }));
    expect(issues).toEqual([]);
    expect(headers[0]?.columns[4]).toEqual({ position: 4, name: '__proto__', field: null });
    expect(rows[0]?.cells[4]).toBe('x');
  });
});

describe('limits', () => {
  const cells = textRow(3, 'E2', 'Bo', 'Dahl', 'bo@example.com');
  test.each([
    ['parts', { maxEntries: 4 }],
    ['unpacked bytes', { maxInflatedBytes: 1000 }],
    ['cells', { maxCells: 10 }],
    ['different texts', { maxSharedStrings: 1 }],
    ['bytes of different texts', { maxSharedStringBytes: 10 }],
  ])('%s', async (_name, limits) => {
    const strings = '<si><t>one text</t></si><si><t>another text</t></si>';
    const file = workbookOf({ sheets: { Users: people + cells }, strings });
    expect((await readWhole(file)).issues).toEqual([]);
    const { issues } = await readWhole(file, { limits });
    expect(issues.map((words) => words.split(' ')[0])).toEqual(['validateWorkbookLimits']);
  });

  test('empty cells left of a value count as cells', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => `<row r="${index + 2}"><c r="XFD${index + 2}"><v>1</v></c></row>`).join('');
    const { issues } = await readWhole(workbookOf({ sheets: { Users: usersHeader + rows } }), { limits: { maxCells: 100_000 } });
    expect(issues.map((words) => words.split(' ')[0])).toContain('validateWorkbookLimits');
  });
});

test('a few bytes that stand for many empty cells are handed on in small pieces', async () => {
  const data = Array.from({ length: 500 }, (_, index) => `<row r="${index + 2}"><c r="XFD${index + 2}"><v>1</v></c></row>`).join('');
  const source = bytesOf(workbookOf({ sheets: { Users: usersHeader + data } }));
  const detected = await detect(source);
  if (!detected.ok) throw new Error('not detected');
  const sizes: number[] = [];
  for await (const event of parse(source, detected)) if (event.kind === 'rows') sizes.push(event.rows.length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(500);
  expect(Math.max(...sizes) * 16_384).toBeLessThanOrEqual(65_536 + 16_384);
});

describe('bytes gone wrong', () => {
  const file = workbookOf({ sheets: { Users: people }, strings: '<si><t>x</t></si>', styles: '<cellXfs><xf/></cellXfs>' });

  test('a workbook cut off anywhere yields findings', async () => {
    for (let size = 1; size < file.length; size += 97) {
      const { issues, rows } = await readWhole(file.subarray(0, size));
      expect({ size, rows: rows.length, isRefused: issues.length > 0 }).toEqual({ size, rows: 0, isRefused: true });
    }
  });

  test('a workbook with any byte changed yields findings, or the very same rows', async () => {
    const { rows: whole } = await readWhole(file);
    for (let at = 0; at < file.length; at += 5) {
      const broken = Buffer.from(file);
      broken[at] = (broken[at] ?? 0) ^ 0xff;
      const { issues, rows } = await readWhole(broken);
      if (issues.length === 0) expect({ at, rows }).toEqual({ at, rows: whole });
    }
  });
});
