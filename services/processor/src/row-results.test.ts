import { expect, test } from '@jest/globals';
import { countedRows, noCounts, type Counts, type JobId, type ReportRow } from '@rosterport/domain';
import { approveJob } from '@rosterport/jobs';
import { testIngest } from './testing/test-ingest.ts';

/** Of rows that share the result of most others, only the places are kept. */

const own = testIngest();

const header = 'Employee ID;First Name;Last Name;Email;City';

/** People with a city each; who is called `bad` has no e-mail. */
function people(...cities: readonly string[]): Buffer {
  const mail = (index: number, city: string): string => (city === 'bad' ? '' : `e${index}@${own.ingest.tenant.name}.example`);
  return Buffer.from([header, ...cities.map((city, index) => `E${index};Ada;Berg;${mail(index, city)};${city}`), ''].join('\n'));
}

const all = (city: string, count = 40): string[] => Array.from({ length: count }, () => city);

/** How many rows have a row of their own, and with which results; and the result that the chunks give to all others. */
async function keptOf(jobId: JobId): Promise<{ readonly usual: string | null; readonly kept: readonly string[] }> {
  const { rows: kept } = await own.at.db.pool.query<{ result: string }>('select result from row_results where job_id = $1 order by ordinal', [jobId]);
  const { rows: chunks } = await own.at.db.pool.query<{ usual_result: string }>('select usual_result from row_chunks where job_id = $1', [jobId]);
  return { usual: chunks.map((chunk) => chunk.usual_result).join(' '), kept: kept.map(({ result }) => result) };
}

function counted(rows: readonly ReportRow[]): Counts {
  const counts: Record<string, number> = { ...noCounts };
  for (const { result } of rows) counts[result] = (counts[result] ?? 0) + 1;
  return counts as Counts;
}

test('files of which most rows are created, unchanged, updated or skipped; the counts are those of the rows', async () => {
  const some = [...all('Lund', 37), 'bad', 'Malmö', 'Lund'];
  const steps = [
    ['a first load', all('Lund', 39), 'created', [], {}],
    ['nothing new', all('Lund', 39), 'unchanged', [], {}],
    ['one changed, one wrong, one new', some, 'unchanged', ['rejected', 'updated', 'created'], {}],
    ['a dry run', all('Kiel'), 'updated', [], { dryRun: true }],
    ['all changed, and one wrong', [...all('Oslo', 39), 'bad'], 'updated', ['rejected'], {}],
  ] as const;
  for (const [name, cities, usual, kept, how] of steps) {
    const { job, rows } = await own.ingest.sendBytes('people.csv', people(...cities), how);
    expect({ name, ...(await keptOf(job.id)) }).toEqual({ name, usual, kept });
    expect([counted(rows), rows.length, countedRows(job.counts)]).toEqual([job.counts, cities.length, cities.length]);
    expect(rows.map(({ row, externalId }) => [row, externalId])).toEqual(cities.map((_city, index) => [index + 2, `E${index}`]));
  }
});

test('a file that is refused keeps the rows that are at fault; the others are skipped', async () => {
  await own.at.db.knex('feeds').update({ policy: own.at.db.knex.raw(`policy || '{"rowError": "rejectFile"}'`) });
  const { job, rows } = await own.ingest.sendBytes('people.csv', people(...all('Lund'), 'bad'));
  expect([job.state, await keptOf(job.id)]).toEqual(['rejected', { usual: 'skipped', kept: ['rejected'] }]);
  expect([counted(rows), job.counts.skipped]).toEqual([job.counts, 40]);
});

test('a held job that is approved has each row once', async () => {
  await own.ingest.sendBytes('people.csv', people(...all('Lund')));
  const held = await own.ingest.sendBytes('people.csv', people(...all('Lund', 25), 'Malmö'), { mode: 'full' });
  expect([held.job.state, await keptOf(held.job.id)]).toEqual(['held', { usual: 'unchanged', kept: ['updated'] }]);
  const by = { tenantId: own.ingest.tenant.id, jobId: held.job.id, credentialId: null };
  await approveJob(own.at.db, { ...by, fingerprint: held.job.fingerprint ?? '' });
  const { job, rows } = await own.ingest.settle(held.job.id);
  expect([job.state, rows, await keptOf(job.id)]).toEqual(['applied', held.rows, { usual: 'unchanged', kept: ['updated'] }]);
});
