import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bytesOf } from '../byte-source.ts';
import { detect } from '../detect.ts';
import { readAhead, sift } from '../parse.ts';
import type { KnownRun, RowSieve } from '../row-sieve.ts';
import type { SiftedEvent } from '../table-events.ts';

const header = 'EmployeeID;FirstName;LastName;Email;City';

const cell = fc.oneof(
  fc.constantFrom('E1', '007', ' E2 ', 'Åsa', '', 'Zoë "Z"', 'a;b', 'two\nlines', '"', '李;"x"', 'EmployeeID'),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
);

/** Cells as a record: quoted where they must be, or all. */
function recordOf(cells: readonly string[], quoteAll: boolean): string {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  return cells.map((text) => (quoteAll || /[";\r\n]/.test(text) ? quoted(text) : text)).join(';');
}

const record = fc.tuple(fc.array(cell, { minLength: 1, maxLength: 6 }), fc.boolean()).map(([cells, quoteAll]) => recordOf(cells, quoteAll));
const file = fc.record({ records: fc.array(record, { maxLength: 12 }), lineEnd: fc.constantFrom('\n', '\r\n'), isEnded: fc.boolean() });

/** Knows the rows whose turn it is. */
function sieveOf(turns: readonly boolean[]): RowSieve {
  let asked = 0;
  return { seed: Uint32Array.of(1, 2, 3, 4), knows: () => turns[asked++ % turns.length] ?? false };
}

async function read(text: string, sieve?: RowSieve): Promise<SiftedEvent[]> {
  const source = bytesOf(Buffer.from(text));
  const detected = await detect(source);
  if (!detected.ok) throw new Error('The header row is sound.');
  const events: SiftedEvent[] = [];
  for await (const event of sift(source, detected, { sieve })) events.push(event);
  return events;
}

function idsOf({ ids, count }: KnownRun): string[] {
  const texts = Buffer.from(ids).toString().split('\0');
  expect([texts.length, texts.pop()]).toEqual([count + 1, '']);
  return texts;
}

/** Row number and first cell of each row, and all findings, in their order among themselves. */
function outlineOf(events: readonly SiftedEvent[]): unknown {
  return {
    rows: events.flatMap((event) => {
      if (event.kind === 'issue') return [];
      if (event.kind === 'known') return idsOf(event).map((id, index) => [event.firstRow + index, id]);
      return event.rows.map(({ row, cells }) => [row, cells[0]]);
    }),
    issues: events.flatMap((event) => (event.kind === 'issue' ? [event.issue] : [])),
  };
}

test('rows that are known are told with number and id in their places, and no finding about the file is lost', async () => {
  await fc.assert(
    fc.asyncProperty(file, fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }), async ({ records, lineEnd, isEnded }, turns) => {
      // A blank record and a second header row are none that were ever kept.
      const kept = records.filter((text) => /[^\s";]/.test(text) && !text.startsWith('EmployeeID') && !text.startsWith('"EmployeeID'));
      const text = [header, 'first;row;is;read;', ...kept].join(lineEnd) + (isEnded ? lineEnd : '');
      const turnsAfterHead = [false, false, ...kept.map((_, index) => turns[index % turns.length] ?? false)];
      expect(outlineOf(await read(text, sieveOf(turnsAfterHead)))).toEqual(outlineOf(await read(text)));
    }),
    { numRuns: 150 },
  );
});

test.each([[[false, true]], [[true, true, false, false, false]], [[true]], [[...Array.from({ length: 300 }, () => false), true]]])(
  'of many rows those that are known are told in their places, %#',
  async (turns) => {
    const text = `${header}\n${Array.from({ length: 2_300 }, (_, index) => `E${index};Åsa;"B;erg";a${index}@x.example;Lund\n`).join('')}`;
    const events = await read(text, sieveOf([false, ...turns]));
    expect(outlineOf(events)).toEqual(outlineOf(await read(text)));
    const hashes = events.flatMap((event) => (event.kind === 'rows' ? event.rows.map(({ hash }) => hash) : []));
    const all = (await read(text, sieveOf([false]))).flatMap((event) => (event.kind === 'rows' ? event.rows : []));
    const rows = events.flatMap((event) => (event.kind === 'rows' ? event.rows : []));
    expect(hashes).toEqual(rows.map(({ row }) => all[row - 2]?.hash));
  },
);

test('a row that is read bears the hash of its bytes: the same wherever it stands, and with either line end', async () => {
  const hashes = async (text: string): Promise<(string | undefined)[]> =>
    (await read(text, sieveOf([false]))).flatMap((event) => (event.kind === 'rows' ? event.rows.map(({ hash }) => hash) : []));
  const [first, second] = await hashes(`${header}\nE1;Åsa;Berg;a@x.example;Lund\nE2;Bo;Ek;b@x.example;Lund\n`);
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(second).not.toBe(first);
  expect(await hashes(`${header}\r\nE2;Bo;Ek;b@x.example;Lund\r\n\r\nE1;Åsa;Berg;a@x.example;Lund\r\n`)).toEqual([second, first]);
});

test('a last row that was cut short is refused, though all before it are known', async () => {
  const text = `${header}\nE1;Åsa;Berg;a@x.example;Lund\nE2;Bo;Ek;b@x.example;Lund\nE3;Cy`;
  const events = await read(text, sieveOf([false, true, true]));
  expect(events.map(({ kind }) => kind)).toContain('known');
  expect(events.flatMap((event) => (event.kind === 'issue' ? [event.issue.code] : []))).toContain('validateFileIsComplete');
});

const fragment = fc.constantFrom('E1;Asa;Berg;a@x.example;Lund', 'E2;Bo;Ek;b@x.example;Lund', '"E3";"a;b"', '"E""4"";x";y', 'E5', ';', '', '"open;', '"odd"x;y', '\xff');
const lineEnd = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r');

test('a file that was read ahead gives the same as one that was not, whatever is in it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fragment, lineEnd), { maxLength: 12 }), fc.boolean(), fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }), async (records, isEnded, turns) => {
      const text = `${header}\n${records.map(([record, end], index) => (isEnded || index < records.length - 1 ? record + end : record)).join('')}`;
      const source = bytesOf(Buffer.from(text, 'latin1'));
      const detected = await detect(source);
      if (!detected.ok) throw new Error('The header row is sound.');
      const eventsWith = async (ahead: unknown): Promise<SiftedEvent[]> => {
        const events: SiftedEvent[] = [];
        for await (const event of sift(source, detected, { sieve: { ...sieveOf(turns), ahead } })) events.push(event);
        return events;
      };
      const ahead = await readAhead(source, detected, { seed: Uint32Array.of(1, 2, 3, 4) });
      expect(await eventsWith(ahead)).toEqual(await eventsWith(undefined));
    }),
    { numRuns: 150 },
  );
});
