import { expect, test } from '@jest/globals';
import { withClient } from '@rosterport/database';
import type { JobId } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { company, type FileCells } from '../testing/company.ts';
import { expireEntries, type JournalPosition } from './expire-entries.ts';

const at = testDatabase();

const manager = { by: 'id', value: 'E1' } as const;

/** Somebody comes into one group and goes into another, so that what the last file writes carries what the one before implied. */
const files: readonly FileCells[] = [
  { groups: [{ id: 'D1' }, { id: 'D2' }] },
  { users: [{ id: 'E1', groups: ['D1'], manager }] },
  { users: [{ id: 'E1', groups: ['D2'], manager }] },
];

interface Case {
  /** Which files' journals have expired, in the order in which they are taken. */
  readonly expired: readonly number[];
  /** How many entries that takes. */
  readonly taken: number;
  /** `file kind` and `+` or `-` of what is still told of links. */
  readonly left: readonly string[];
}

const cases: readonly (readonly [what: string, of: Case])[] = [
  ['the file that is carried', { expired: [1], taken: 2, left: ['2 + membership', '2 - membership', '2 - managerFact', '2 + managerFact'] }],
  ['the file that carries', { expired: [2], taken: 0, left: ['1 + membership', '1 + managerFact', '2 + membership', '2 - membership', '2 - managerFact', '2 + managerFact'] }],
  ['both, the one that carries first', { expired: [2, 1], taken: 4, left: ['2 + membership', '2 + managerFact'] }],
  ['both, the one that is carried first', { expired: [1, 2], taken: 4, left: ['2 + membership', '2 + managerFact'] }],
];

test.each(cases)('what expires with %s', async (_what, { expired, taken, left }) => {
  const { run, tenantId } = await company(at.db);
  const jobs: JobId[] = [];
  for (const file of files) jobs.push((await run(file)).jobId);
  let count = 0;
  for (const index of expired) {
    await at.db.knex('jobs').update({ journal_removed_at: new Date() }).where({ id: jobs[index]! });
    count += await expire(jobs[index]!);
  }
  const { rows } = await at.db.pool.query<{ job: JobId; kind: string; comes: boolean }>(
    `select job_id as job, kind, after is not null as comes from whole_journal
     where tenant_id = $1 and kind in ('membership', 'managerFact') order by job_id = $2, id`,
    [tenantId, jobs[2]],
  );
  expect(rows.map(({ job, kind, comes }) => `${jobs.indexOf(job)} ${comes ? '+' : '-'} ${kind}`)).toEqual(left);
  expect(count).toBe(taken);
});

/** A record at a time. */
async function expire(jobId: JobId): Promise<number> {
  let count = 0;
  for (let position: JournalPosition | null = null, more = true; more; ) {
    const step = await withClient(at.db, (client) => expireEntries(client, { jobId, before: new Date(0), position, limit: 1 }));
    count += step.removed;
    position = step.next;
    more = step.next !== null;
  }
  return count;
}

test('an entry that goes leaves what it carries of a file that has not expired', async () => {
  const { run, tenantId } = await company(at.db);
  const jobs: JobId[] = [];
  for (const file of [...files, files[1]!]) jobs.push((await run(file)).jobId);
  await at.db.knex('jobs').update({ journal_removed_at: new Date() }).where({ id: jobs[2]! });
  // Its memberships and facts went and came again, so that none of its entries is the newest of a link but those of D2's end.
  expect(await expire(jobs[2]!)).toBe(4);
  const { rows } = await at.db.pool.query<{ job: JobId; written: boolean }>(
    `select w.job_id as job, l.id is not null as written from whole_journal w left join journal l using (id)
     where w.tenant_id = $1 and w.kind in ('membership', 'managerFact') order by w.id`,
    [tenantId],
  );
  expect(rows.map(({ job, written }) => `${jobs.indexOf(job)} ${written}`)).toEqual(['1 true', '1 true', '3 true', '3 true', '3 true', '3 true']);
});
