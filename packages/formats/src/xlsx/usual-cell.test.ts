import { expect, test } from '@jest/globals';
import fc from 'fast-check';

import { formatOfCode, plainFormat } from '../cells/cell-format.ts';
import { defaultLimits } from '../limits.ts';
import { Unreadable } from '../unreadable.ts';
import { readSharedStrings } from './shared-strings.ts';
import { sheetRows } from './sheet-rows.ts';
import type { SheetRow } from './sheet-row.ts';

const texts = ['a', 'E1', '0012', ' ', 'ö 漢 😀', 'a&amp;b', '&#65;', '&no;', '_x000D_', 'two\r\nlines', '', '7', '1E5', '123456789', '1234567890', ' 7', 'x'.repeat(200), '<![CDATA[&]]>', '<!-- -->'];
const attributes = [' r="B1"', ' r="XFD1"', ' r="XFE1"', ' r="b1"', ' r="1"', ' r=""', ' r="ABCDEF1"', ' s="1"', ' s="2"', ' s=""', ' s="12345678901"', ' s=" 1"', ' t="s"', ' t="str"', ' t="n"', ' t="b"', ' t="e"', ' t="d"', ' t="inlineStr"', ' t="x"', ' t=""', " r='C1'", ' cm="1"', ' a:s="1"', ' s ="1"', ' r', ' '];
const frames = [
  ['/>', ''],
  ['>', '</c>'],
  ['><v>', '</v></c>'],
  ['><v>', '</v ></c>'],
  ['><v>', '</v></c >'],
  ['><v >', '</v></c>'],
  ['><v>', '</v></v>'],
  ['><v>', '</x></c>'],
  ['><v>', '</v><v>1</v></c>'],
  ['><v/>', '</c>'],
  ['><f>A1</f><v>', '</v></c>'],
  ['><v>', '</v><f>A1</f></c>'],
  ['><is><t>', '</t></is></c>'],
  ['><is><t xml:space="preserve">', '</t></is></c>'],
  ['><is><t xml:space="default">', '</t></is></c>'],
  ['><is><t>', '</t></is ></c>'],
  ['><is><t>', '</t></it></c>'],
  ['><is><t>', '</u></is></c>'],
  ['><is><t>', '</t><t>b</t></is></c>'],
  ['><is><r><t>', '</t></r></is></c>'],
  ['><is><rPh><t>', '</t></rPh></is></c>'],
] as const;
const usual = fc.constantFrom(' r="B1" s="1" t="s"><v>12</v></c>', ' r="C1" t="inlineStr"><is><t>a b</t></is></c>', ' t="str"><v>x</v></c>', ' r="D1" s="2"><v>42</v></c>', ' s="1"/>');
const odd = fc.tuple(fc.subarray(attributes, { maxLength: 3 }), fc.constantFrom(...frames), fc.constantFrom(...texts)).map(([some, [begin, end], text]) => `${some.join('')}${begin}${text}${end}`);
const rowsOf = fc.array(fc.array(fc.oneof({ weight: 9, arbitrary: usual }, odd), { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 });

/** A sheet of rows of cells, each given without the beginning that all have. */
function sheetXml(rows: readonly (readonly string[])[], beginning: string): string {
  const data = rows.map((cells) => `<row>${cells.map((rest) => beginning + rest).join('')}</row>`).join('');
  return `<worksheet><sheetData>${data}</sheetData>${' '.repeat(100)}</worksheet>`;
}

async function* inPieces(xml: string, bytes: number): AsyncGenerator<Uint8Array> {
  const whole = Buffer.from(xml);
  for (let at = 0; at < whole.length; at += bytes) yield await Promise.resolve(whole.subarray(at, at + bytes));
}

/** The rows of a sheet, or why it is refused. */
async function sheet(xml: string, pieceBytes: number): Promise<SheetRow[] | string> {
  const rows: SheetRow[] = [];
  const options = { formats: [plainFormat, formatOfCode('0000'), formatOfCode('yyyy-mm-dd')], is1904: false, limits: defaultLimits, cellCount: { value: 0 } };
  try {
    for await (const some of sheetRows(inPieces(xml, pieceBytes), options)) rows.push(...some);
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
  return rows;
}

/** The shared texts, or why they are refused. */
async function strings(xml: string, pieceBytes: number): Promise<(string | null)[] | string> {
  try {
    const store = await readSharedStrings(inPieces(xml, pieceBytes), { limits: defaultLimits });
    const read: (string | null)[] = [];
    for (let index = 0; index < store.count; index++) read.push(await store.text(index));
    return read;
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}

// A line feed behind the name is nothing usual.
const [usually, oddly] = ['<c', '<c\n'];

test.each([
  ...['', ' t="s"', ' t="inlineStr"', ' t="str"'].map((some) => [some, texts] as const),
  ...attributes.map((some) => [some, ['7', 'a&amp;b', '']] as const),
])('a cell with the attributes%s is read at one go as it is tag by tag', async (some, values) => {
  for (const [begin, end] of frames) {
    for (const text of values) {
      const cell = `${some}${begin}${text}${end}`;
      const read = await sheet(sheetXml([[cell]], usually), 100_000);
      expect({ cell, read }).toEqual({ cell, read: await sheet(sheetXml([[cell]], oddly), 100_000) });
    }
  }
});

test('cells read at one go are those that are read tag by tag, wherever the pieces end', async () => {
  await fc.assert(
    fc.asyncProperty(rowsOf, fc.integer({ min: 1, max: 2000 }), async (rows, pieceBytes) => {
      expect(await sheet(sheetXml(rows, usually), pieceBytes)).toEqual(await sheet(sheetXml(rows, oddly), 100_000));
    }),
    { numRuns: 200 },
  );
});

const entry = fc.tuple(fc.constantFrom<[string, string]>(['<t>', '</t>'], ['<t xml:space="preserve">', '</t>'], ['<t xml:space="default">', '</t >'], ['<r><t>', '</t></r>'], ['<t>', '</t><rPh><t>x</t></rPh>'], ['<t/>', ''], ['<u>', '</u>'], ['<t>', '</u>']), fc.constantFrom(...texts));

test('shared texts read at one go are those that are read tag by tag, wherever the pieces end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 30 }), fc.integer({ min: 1, max: 1000 }), async (entries, pieceBytes) => {
      const xml = (name: string): string => `<sst>${entries.map(([[begin, end], text]) => `<${name}>${begin}${text}${end}</si>`).join('')}</sst>`;
      expect(await strings(xml('si'), pieceBytes)).toEqual(await strings(xml('si '), 100_000));
    }),
    { numRuns: 200 },
  );
});

test('what looks like a cell is none outside of a row', async () => {
  const cell = '<c r="A1" t="str"><v>no</v></c>';
  const padded = `<worksheet><cols>${cell}</cols><sheetData>${cell}<row r="1">${cell.replace('no', 'yes')}<extLst>${cell}</extLst></row>${cell}</sheetData><x><row>${cell}</row></x>${' '.repeat(200)}</worksheet>`;
  expect(await sheet(padded, 100_000)).toEqual([{ row: 1, cells: ['yes'] }]);
});
