import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { countMissingFiles, findJob } from '@rosterport/jobs';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { openProcessor, type Processor } from './processor.ts';
import { openIngest, type Ingest } from './testing/ingest.ts';

const at = testDatabase();
const folder = temporaryFolder();
const day = 86_400_000;

let ingest: Ingest;
let processor: Processor;
let now: Date;
beforeEach(async () => {
  const expected = { schedule: '0 6 * * *', timeZone: 'UTC', graceMinutes: 30 };
  ingest = await openIngest({ database: at.db, folder, policy: { expected } });
  now = new Date();
  const lifetimes = { files: 30 * day, rowResults: 180 * day, journal: 400 * day, events: 400 * day };
  processor = await openProcessor(ingest.context, { concurrency: 1, lifetimes, clock: { now: () => now } });
});
afterEach(async () => {
  await processor.close();
  await ingest.close();
});

/** Starts a round, as the library does when its time has come. */
const round = (name: string): Promise<unknown> => at.db.pool.query('select graphile_worker.add_job($1)', [name]);
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  for (const end = Date.now() + 30_000; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (Date.now() > end) throw new Error('it did not come about');
  }
};
const people = Buffer.from('Employee ID;First Name;Last Name;Email\nE1;Ada;Berg;ada@example.com\n');

test('a processor looks for expected files, and counts those that are missing', async () => {
  await round('check-expected-files');
  await until(async () => (await at.db.knex('expectations').where({ feed_id: ingest.feed.id })).length === 1);
  now = new Date(now.getTime() + 2 * day);
  await round('check-expected-files');
  await until(async () => (await countMissingFiles(at.db)) === 1);
});

test('a processor removes what was kept long enough, and counts it', async () => {
  const jobId = await ingest.stage('people.csv', people);
  await until(async () => (await findJob(at.db, ingest.tenant.id, jobId)).finishedAt !== null);
  now = new Date(now.getTime() + 31 * day);
  await round('remove-old');
  await until(async () => (await findJob(at.db, ingest.tenant.id, jobId)).removed.file !== null);
  await until(async () => (await ingest.context.metrics.text()).includes('rosterport_removed_total{what="files"} 1'));
  await expect(ingest.context.staging.open(jobId)).rejects.toMatchObject({ code: 'stagedFileMissing' });
  expect((await findJob(at.db, ingest.tenant.id, jobId)).removed).toMatchObject({ rows: null, journal: null });
});
