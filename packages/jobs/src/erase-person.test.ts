import { beforeAll, expect, test } from '@jest/globals';
import { withClient } from '@rosterport/database';
import type { JobId, PersonTraces, ReportRow, SourceId } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { eraseFromJobs, tracedJobs } from './erase-person.ts';
import { allRows } from './list-rows.ts';
import { registerJob } from './register-job.ts';
import { keepRows, keepRowsOneByOne, type JudgedRow } from './testing/judged-rows.ts';
import { sender, type Sender } from './testing/ledger.ts';
import { migrateWakeUps } from './wake-up.ts';

const at = testDatabase();
beforeAll(() => migrateWakeUps(at.db));

async function jobWith(from: Sender, rows: readonly JudgedRow[], keep: 'chunks' | 'one by one' = 'chunks'): Promise<JobId> {
  const envelope = from.envelope(1);
  await registerJob(at.db, envelope);
  if (keep === 'chunks') await keepRows(at.db, envelope.jobId, { rows, usualResult: 'unchanged' });
  else await keepRowsOneByOne(at.db, envelope.jobId, rows);
  return envelope.jobId;
}

async function sourceOf(from: Sender): Promise<SourceId> {
  const { rows } = await at.db.pool.query<{ id: SourceId }>('select id from sources where tenant_id = $1', [from.tenantId]);
  return rows[0]!.id;
}

/** Rows of people, of whom the one in so many has been updated, and has a finding. */
function people(count: number, { sheet = null, one = 7 }: { readonly sheet?: string | null; readonly one?: number } = {}): JudgedRow[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ sheet, row: index + 2, externalId: `E${index}` },
    ...(index % one === 0
      ? { result: 'updated', issues: [{ code: 'validateManagerExists', severity: 'warning', column: 'Manager', found: `M${index}`, expected: null }] }
      : { result: 'unchanged', issues: null }),
  }));
}

async function rowsOf(jobId: JobId): Promise<ReportRow[]> {
  const all: ReportRow[] = [];
  for await (const row of allRows(at.db, { jobId })) all.push(row);
  return all;
}

test('an id goes from the chunks and from the verdicts, and everything else stays', async () => {
  const from = await sender(at.db);
  const stranger = await sender(at.db);
  const sourceId = await sourceOf(from);
  const usual = await jobWith(from, people(5_000));
  const unusual = await jobWith(from, people(20, { one: 1 }));
  const [groups, without, other, foreign] = [
    await jobWith(from, people(20, { sheet: ' Groups' })),
    await jobWith(from, people(9)),
    await jobWith(from, people(9)),
    await jobWith(stranger, people(20)),
  ];
  const old = await jobWith(from, people(20), 'one by one');
  const ids = [usual, unusual, groups, without, other, foreign, old];
  // E11 was the person's id; in one more job another row is known to be about the person, who had another id then.
  const traces: PersonTraces = {
    ...{ userId: '1', emails: [], phones: [], names: [] },
    externalIds: [{ sourceId, externalId: 'E11' }, { sourceId: await sourceOf(stranger), externalId: 'E12' }],
    rows: [{ jobId: other, sheet: null, row: 5 }, { jobId: other, sheet: 'Users', row: 6 }, { jobId: foreign, sheet: null, row: 5 }],
  };
  const before = new Map(await Promise.all(ids.map(async (id) => [id, await rowsOf(id)] as const)));
  await withClient(at.db, async (client) => {
    const traced = await tracedJobs(client, from.tenantId, traces);
    expect(traced.filter(({ namesPerson }) => namesPerson).map(({ id }) => id).sort()).toEqual([usual, unusual, other, old].sort());
    const erased = await eraseFromJobs(client, from.tenantId, { traces, mentions: () => false });
    expect(erased).toEqual({ rowResults: 4, findings: 0 });
    expect((await tracedJobs(client, from.tenantId, { ...traces, rows: [] })).filter(({ namesPerson }) => namesPerson)).toEqual([]);
  });
  for (const id of ids) {
    const own = new Map([[usual, 13], [unusual, 13], [other, 5], [old, 13]]).get(id);
    const expected = before.get(id)!.map((row) => (row.row === own ? { ...row, externalId: null, issues: row.issues.map((one) => ({ ...one, found: null })) } : row));
    const plain = (rows: readonly ReportRow[]): unknown[] => rows.map(({ issues, ...row }) => ({ ...row, issues: issues.map(({ message: _message, ...one }) => one) }));
    expect(plain(await rowsOf(id))).toEqual(plain(expected));
  }
});
