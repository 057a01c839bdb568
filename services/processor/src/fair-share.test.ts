import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { withClient } from '@rosterport/database';
import type { JobId } from '@rosterport/domain';
import { findJob } from '@rosterport/jobs';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { openLanes, smallFileBytes } from './lanes.ts';
import { processTenant } from './process-tenant.ts';
import type { ProcessorContext } from './processor-context.ts';
import { openProcessor, type Processor } from './processor.ts';
import { openFirm, rowsOf, type Firm } from './testing/firm.ts';

const at = testDatabase();
const folder = temporaryFolder();
const day = 86_400_000;
const lifetimes = { files: day, rowResults: day, journal: 2 * day, events: day };

let firms: readonly Firm[] = [];
let processor: Processor | undefined;
beforeEach(async () => {
  // One after the other: the tables of the wake-ups cannot be made by two at once.
  const opened: Firm[] = [];
  for (let count = 0; count < 4; count += 1) opened.push(await openFirm({ database: at.db, folder }));
  firms = opened;
});
afterEach(async () => {
  await processor?.close();
  processor = undefined;
  for (const firm of firms) await firm.close();
});

/** Stands on the files of all firms. */
function contextOfAll([first, ...others]: readonly [Firm, ...Firm[]]): ProcessorContext {
  const { staging } = first.context;
  const open: typeof staging.open = (jobId) =>
    others.reduce((found, firm) => found.catch(() => firm.context.staging.open(jobId)), staging.open(jobId));
  return { ...first.context, staging: { ...staging, open } };
}

const stateOf = async (firm: Firm, jobId: JobId): Promise<string> => (await findJob(at.db, firm.tenant.id, jobId)).state;

/** A test that waits in vain ends with what there was instead. */
async function until(firm: Firm, jobId: JobId, state: string): Promise<void> {
  for (const end = Date.now() + 40_000; (await stateOf(firm, jobId)) !== state; await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (Date.now() > end) expect(await stateOf(firm, jobId)).toBe(state);
  }
}

const small = (firm: Firm): Promise<JobId> => firm.stage('small.csv', firm.fileOf(rowsOf(1, 3)));

async function large(firm: Firm): Promise<JobId> {
  const bytes = firm.fileOf(rowsOf(1, 300, { Notes: 'x'.repeat(smallFileBytes / 256) }));
  expect(bytes.length).toBeGreaterThan(smallFileBytes);
  return firm.stage('large.csv', bytes);
}

test('small files do not wait behind large ones, which wait for their lane and keep their order', async () => {
  const all = firms as [Firm, Firm, Firm, Firm];
  const [first, second, third, fourth] = all;
  await withClient(at.db, async (client) => {
    // Holds the first large file in the middle of its work.
    await client.query(`select pg_advisory_lock(hashtextextended('directory:' || $1, 0))`, [first.tenant.id]);
    const held = await large(first);
    processor = await openProcessor(contextOfAll(all), { concurrency: 1, lifetimes });
    await until(first, held, 'processing');
    const [waiting, behind] = [await large(second), await small(second)];
    for (const firm of [third, fourth, third]) await until(firm, await small(firm), 'applied');
    expect([await stateOf(second, waiting), await stateOf(second, behind)]).toEqual(['staged', 'staged']);
    await client.query(`select pg_advisory_unlock(hashtextextended('directory:' || $1, 0))`, [first.tenant.id]);
    await until(second, behind, 'applied');
    const [one, other, last] = [await findJob(at.db, first.tenant.id, held), await findJob(at.db, second.tenant.id, waiting), await findJob(at.db, second.tenant.id, behind)];
    expect([one, other, last].map(({ state, attempts }) => [state, attempts])).toEqual(Array(3).fill(['applied', 1]));
    expect(new Date(other.finishedAt!) <= new Date(last.finishedAt!)).toBe(true);
  });
});

test('a tenant with many files gives others their turn, and is woken for the rest', async () => {
  const [firm] = firms as [Firm];
  const jobs = [await small(firm), await small(firm), await small(firm)];
  await at.db.pool.query('delete from graphile_worker._private_jobs');
  const share = { jobs: 2, lanes: openLanes(1, () => undefined) };
  await processTenant(firm.context, firm.tenant.id, share);
  expect(await Promise.all(jobs.map((jobId) => stateOf(firm, jobId)))).toEqual(['applied', 'applied', 'staged']);
  const { rows } = await at.db.pool.query<{ key: string }>('select key from graphile_worker.jobs');
  expect(rows).toEqual([{ key: `process-tenant:${firm.tenant.id}` }]);
  await processTenant(firm.context, firm.tenant.id, share);
  expect(await Promise.all(jobs.map((jobId) => stateOf(firm, jobId)))).toEqual(['applied', 'applied', 'applied']);
});

test('a tenant that waits keeps its place when more of its files come', async () => {
  const [firm] = firms as [Firm];
  const places = async (): Promise<readonly unknown[]> => (await at.db.pool.query<object>('select key, run_at from graphile_worker.jobs')).rows;
  await at.db.pool.query('delete from graphile_worker._private_jobs');
  await small(firm);
  const before = await places();
  await small(firm);
  expect(before).toHaveLength(1);
  expect(await places()).toEqual(before);
});
