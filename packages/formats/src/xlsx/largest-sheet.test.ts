import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';

import { bytesOf } from '../byte-source.ts';
import { detect } from '../detect.ts';
import { parse } from '../parse.ts';
import { textRow, usersHeader, workbookParts } from '../testing/workbook-of.ts';
import { packPieces, zipOf } from '../testing/zip-of.ts';

/** As many as a sheet has. */
const rows = 1_048_576;
const columns = 16_384;
/** Far less than the rows would take if they were kept, and far more than reading needs. */
const mostMegabytes = 96;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function megabytesInUse(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024 / 1024;
}

function* sheetXml(): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>${usersHeader}`;
  for (let row = 2; row <= rows; row += 1024) {
    let piece = '';
    for (let at = row; at < Math.min(row + 1024, rows + 1); at++) piece += textRow(at, `E${at}`, `Ada ${at % 977}`, `Berg ${at % 991}`, `ada.${at}@example.com`);
    yield piece;
  }
  yield '</sheetData></worksheet>';
}

async function workbookWith(pieces: Iterable<string>): Promise<Buffer> {
  const packed = await packPieces(pieces);
  return zipOf(workbookParts({ sheets: { Users: '' } }).map((part) => (part.name === 'xl/worksheets/sheet1.xml' ? { ...part, packed } : part)));
}

test('a sheet of as many rows as a sheet has is read to its end in bounded memory', async () => {
  const source = bytesOf(await workbookWith(sheetXml()));
  const detected = await detect(source);
  if (!detected.ok) throw new Error(JSON.stringify(detected.issues));
  const before = megabytesInUse();
  let [count, last, most, checked] = [0, '', 0, 0];
  for await (const event of parse(source, detected)) {
    if (event.kind === 'issue') throw new Error(event.issue.message);
    count += event.rows.length;
    last = event.rows.at(-1)?.cells[0] ?? '';
    if (count - checked < 100_000) continue;
    checked = count;
    most = Math.max(most, megabytesInUse() - before);
  }
  expect({ count, last }).toEqual({ count: rows - 1, last: `E${rows}` });
  expect(checked).toBeGreaterThan(900_000);
  expect(most).toBeLessThan(mostMegabytes);
});

test('a sheet of as many columns as a sheet has is read, every row of it', async () => {
  const names = Array.from({ length: columns }, (_, index) => ['EmployeeID', 'FirstName', 'LastName', 'Email'][index] ?? `A${index}`);
  const row = (number: number, texts: readonly string[]): string => `<row r="${number}">${texts.map((text) => `<c t="str"><v>${text}</v></c>`).join('')}</row>`;
  const pieces = ['<worksheet><sheetData>', row(1, names), ...[2, 3, 4].map((number) => row(number, names.map((name) => `${name} ${number}`))), '</sheetData></worksheet>'];
  const source = bytesOf(await workbookWith(pieces));
  const detected = await detect(source);
  if (!detected.ok) throw new Error(JSON.stringify(detected.issues));
  expect(detected.headers[0]?.columns).toHaveLength(columns);
  const read: string[] = [];
  for await (const event of parse(source, detected)) {
    if (event.kind === 'rows') read.push(...event.rows.map(({ cells }) => `${cells.length} ${cells.at(-1)}`));
  }
  expect(read).toEqual([2, 3, 4].map((number) => `${columns} A${columns - 1} ${number}`));
});
