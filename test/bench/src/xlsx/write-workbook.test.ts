import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadReader } from './read-workbook.ts';
import { textsOf } from './sample-people.ts';
import { TextSummer } from './text-sum.ts';
import { writeWorkbook } from './write-workbook.ts';
import { readers, textKinds } from './xlsx-result.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rosterport-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(textKinds.flatMap((texts) => readers.map((reader) => [texts, reader] as const)))('a workbook with %s texts is read by %s as it was written', async (texts, reader) => {
  const written = await writeWorkbook(join(folder, `${texts}-${reader}.xlsx`), texts, 1200);
  const read = await loadReader(reader, join(folder, 'scratch'));
  const summer = new TextSummer();
  const rows: (readonly string[])[] = [];
  await read(written.path, (row, cells) => {
    summer.add(row, cells);
    rows.push(cells);
  });
  expect(rows).toEqual(Array.from({ length: 1200 }, (_, index) => textsOf(index)));
  expect(summer.total()).toEqual(written.sum);
});

test('a sum tells texts, their places and their order apart', () => {
  const sumOf = (...texts: string[]): number => {
    const summer = new TextSummer();
    summer.add(2, texts);
    return summer.total().sum;
  };
  const sums = [sumOf('ab', 'c'), sumOf('ba', 'c'), sumOf('a', 'bc'), sumOf('c', 'ab'), sumOf('ab', '', 'c'), sumOf('ab')];
  expect(new Set(sums).size).toBe(sums.length);
});
