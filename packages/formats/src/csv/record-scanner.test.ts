import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Papa from 'papaparse';

import { bytesOf } from '../byte-source.ts';
import { recordBatches, type ScanFault } from './record-scanner.ts';
import { splitOddRecord, splitRecords } from './split-records.ts';

interface Scanned {
  readonly records: readonly (readonly [row: number, cells: readonly string[]])[];
  readonly faults: readonly ScanFault[];
  readonly ended: boolean;
}

async function scan(text: string, { separator = ';', chunkBytes = 65_536, maxRecordLength = 1_000_000 } = {}): Promise<Scanned> {
  const records: [number, string[]][] = [];
  const faults: ScanFault[] = [];
  let ended = true;
  const bytes = Buffer.from(text);
  for await (const batch of recordBatches(bytesOf(bytes), { separator, chunkBytes, maxRecordLength })) {
    if ('fault' in batch) {
      faults.push(batch);
      continue;
    }
    ended = batch.ended;
    expect(Buffer.from(batch.bytes)).toEqual(bytes.subarray(batch.offset, batch.offset + batch.bytes.length));
    const split = splitRecords(batch, Buffer.from(batch.bytes).toString(), separator);
    expect(split).toHaveLength(batch.count);
    split.forEach((cells, index) => records.push([batch.firstRow + index, cells]));
  }
  return { records, faults, ended };
}

describe('bounds of records', () => {
  test.each<[string, string, (readonly string[])[]]>([
    ['LF', 'a;b\nc;d\n', [['a', 'b'], ['c', 'd']]],
    ['CRLF', 'a;b\r\nc;d\r\n', [['a', 'b'], ['c', 'd']]],
    ['CR', 'a;b\rc;d\r', [['a', 'b'], ['c', 'd']]],
    ['all of them', 'a\nb\r\nc\rd\n\re', [['a'], ['b'], ['c'], ['d'], [''], ['e']]],
    ['blank lines', '\n\na\n\n', [[''], [''], ['a'], ['']]],
    ['quotes', '"a;b";"c\nd"\n"e ""f""";\n', [['a;b', 'c\nd'], ['e "f"', '']]],
    ['a quote within a cell', '5" pipe;6"\nb;c\n', [['5" pipe', '6"'], ['b', 'c']]],
    ['a quote after a space', 'a; "b\nc"\n', [['a', ' "b'], ['c"']]],
    ['CRLF within quotes among LF', '"a\r\nb";c\nd;e\n', [['a\r\nb', 'c'], ['d', 'e']]],
    ['text after a closing quote', '"a"b;"c";d\n"e" ;f\n', [['ab', 'c', 'd'], ['e ', 'f']]],
    ['a byte order mark', '\uFEFF"a;b";c\n', [['a;b', 'c']]],
    ['another mark further on', '\uFEFFa;b\n\uFEFFc;d\n', [['a', 'b'], ['\uFEFFc', 'd']]],
    ['an empty quoted cell', '"";a\n', [['', 'a']]],
    ['no end of the last line', 'a;b\nc;', [['a', 'b'], ['c', '']]],
    ['separators only', ';;\n', [['', '', '']]],
  ])('%s', async (_name, text, expected) => {
    for (const chunkBytes of [1, 2, 3, 7, 65_536]) {
      const { records, faults } = await scan(text, { chunkBytes });
      expect(records).toEqual(expected.map((cells, index) => [index + 1, cells]));
      expect(faults).toEqual([]);
    }
  });

  test('a quote that is never closed is told with the row where it opens', async () => {
    const { records, faults } = await scan('a;b\nc;d\n"e;f\ng;h\n', { chunkBytes: 5 });
    expect(records).toHaveLength(2);
    expect(faults).toEqual([{ fault: 'open quote', row: 3 }]);
  });

  test.each<[string, string, ScanFault['fault'][], number[]]>([
    ['a long record', `a;b\n${'x'.repeat(2000)}\nc;d\n`, ['too long'], [1, 3]],
    ['a long record with other line ends', `a;b\r\n${'x'.repeat(2000)}\r\nc;d\r\n`, ['too long'], [1, 3]],
    ['a long record without a line end', `a;b\n${'x'.repeat(2000)}`, ['too long'], [1]],
    ['a long record of many cells', `a;b\n${'x;'.repeat(1000)}\nc;d\n`, ['too long'], [1, 3]],
    ['a long cell with line ends', `a;b\n"${'x\n'.repeat(2000)}";y\nc;d\n`, ['too long'], [1, 3]],
    ['a quote that is closed by the next one, far off', `a;b\n"x;\n${'y;z\n'.repeat(500)}"c;d"\ne;f\n`, ['odd quote'], [1, 3]],
    ['a quote that is never closed', `a;b\n"${'x\n'.repeat(2000)}`, ['open quote'], [1]],
    ['long records one below the other', `a;b\n${`${'x'.repeat(2000)}\n`.repeat(3)}c;d`, ['too long', 'too long', 'too long'], [1, 5]],
  ])('%s is passed over, and the records below are read', async (_name, text, expected, kept) => {
    for (const chunkBytes of [1, 100, 65_536]) {
      const { faults, records } = await scan(text, { maxRecordLength: 1000, chunkBytes });
      expect(faults.map(({ fault }) => fault)).toEqual(expected);
      expect(records.map(([row]) => row)).toEqual(kept);
    }
  });

  test('tells whether the last line ended', async () => {
    expect((await scan('a\nb')).ended).toBe(false);
    expect((await scan('a\nb\n')).ended).toBe(true);
  });
});

const anyCell = fc.string({ unit: fc.constantFrom('a', 'ö', '😀', ';', '|', '"', '\n', '\r', ' ', '\uFEFF', '\0'), maxLength: 8 });
const anyTable = fc.array(fc.array(anyCell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 12 });

describe('any table', () => {
  test('comes back equal from quoted text, for any line end and chunk size', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyTable,
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.tuple(fc.constantFrom(";", "|"), fc.integer({ min: 1, max: 40 })),
        async (table, newline, [separator, chunkBytes]) => {
          const text = Papa.unparse(table, { delimiter: separator, newline, quotes: true }) + newline;
          const { records, faults, ended } = await scan(text, { separator, chunkBytes });
          expect(records.map(([, cells]) => cells)).toEqual(table);
          expect({ faults, ended }).toEqual({ faults: [], ended: true });
        },
      ),
      { numRuns: 300 },
    );
  });

  test('any text at all is divided alike for any chunk size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyCell, { maxLength: 30 }), fc.integer({ min: 1, max: 40 }), async (parts, chunkBytes) => {
        const text = parts.join('');
        expect(await scan(text, { chunkBytes })).toEqual(await scan(text));
      }),
      { numRuns: 300 },
    );
  });

  test('a record is split by the lenient splitter as by papaparse', () => {
    fc.assert(
      fc.property(fc.array(anyCell, { minLength: 1, maxLength: 6 }), (cells) => {
        expect(splitOddRecord(Papa.unparse([cells], { delimiter: ';', quotes: true }), ';')).toEqual(cells);
      }),
    );
  });
});
