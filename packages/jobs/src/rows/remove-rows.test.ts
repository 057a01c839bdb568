import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { withClient } from '@rosterport/database';
import type { JobId } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { allRows } from '../list-rows.ts';
import { removeRows } from '../removals.ts';
import { keepRows, keepRowsOneByOne, type JudgedRow } from '../testing/judged-rows.ts';
import { rowsPerChunk } from './place-chunk.ts';

const at = testDatabase();

const rows: readonly JudgedRow[] = Array.from({ length: 3 * rowsPerChunk + 100 }, (_, index) => ({
  ...{ sheet: null, row: index + 2, externalId: `E${index}`, issues: null },
  result: index % 10 === 0 ? 'updated' : 'unchanged',
}));

async function left(jobId: JobId): Promise<readonly [row: number, result: string][]> {
  const found: [number, string][] = [];
  for await (const { row, result } of allRows(at.db, { jobId })) found.push([row, result]);
  return found;
}

test.each([
  ['a hundred verdicts a step', 100, [rowsPerChunk, rowsPerChunk, rowsPerChunk, 100]],
  ['verdicts of two chunks a step', 450, [2 * rowsPerChunk, rowsPerChunk + 100]],
  ['more than there are', 5_000, [rows.length]],
] as const)('results go from the front, by the chunk, and what is left is as it was: %s', async (_name, limit, steps) => {
  const [jobId, other] = [randomUUID() as JobId, randomUUID() as JobId];
  await keepRows(at.db, jobId, { rows, usualResult: 'unchanged' });
  await keepRows(at.db, other, { rows: rows.slice(0, 50), usualResult: 'unchanged' });
  let gone = 0;
  for (const [index, step] of steps.entries()) {
    const removed = await withClient(at.db, (client) => removeRows(client, jobId, limit));
    expect(removed).toEqual({ rowResults: step, plannedChanges: 0, more: index < steps.length - 1 });
    gone += step;
    expect(await left(jobId)).toEqual(rows.slice(gone).map(({ row, result }) => [row, result]));
  }
  expect((await left(other)).length).toBe(50);
});

test('of a job from before there were chunks, rows go one by one', async () => {
  const jobId = randomUUID() as JobId;
  await keepRowsOneByOne(at.db, jobId, rows.slice(0, 250));
  const steps = [];
  for (let index = 0; index < 3; index += 1) steps.push(await withClient(at.db, (client) => removeRows(client, jobId, 100)));
  expect(steps.map(({ rowResults, more }) => [rowResults, more])).toEqual([[100, true], [100, true], [50, false]]);
  expect(await left(jobId)).toEqual([]);
});
