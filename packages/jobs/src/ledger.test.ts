import { setTimeout as pause } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { withClient } from '@rosterport/database';
import { noChanges, noCounts, type JobId, type ReportRow, type TenantId } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { withTenantClaim } from './claim-tenant.ts';
import { renameJob, takeBackJob } from './change-job.ts';
import { endJob, failTry, mostAttempts } from './end-job.ts';
import { rejectedOutcome, type Outcome } from './outcome.ts';
import type { LedgerJob } from './job-record.ts';
import { countOpenJobs, findJob, listJobs } from './list-jobs.ts';
import { allRows, listRows } from './list-rows.ts';
import { beginNextJob, hasWork, tenantsWithWork } from './next-job.ts';
import { groupedRegistration, registerJob } from './register-job.ts';
import { sender, type Sender } from './testing/ledger.ts';
import { migrateWakeUps } from './wake-up.ts';

const at = testDatabase();
beforeAll(() => migrateWakeUps(at.db));

const applied: Outcome = { state: 'applied', format: 'csv', counts: { ...noCounts, created: 2 }, changes: noChanges, guardIssues: [], fileIssues: [], rowIssues: [], fingerprint: null, userRows: 2 };

/** Takes the next job while holding the claim, and lets go of it. */
async function begin(tenantId: TenantId): Promise<LedgerJob | null> {
  return withTenantClaim(at.db, tenantId, (client) => beginNextJob(client, tenantId));
}

async function end(jobId: JobId, outcome = applied): Promise<void> {
  await withClient(at.db, (client) => endJob(client, jobId, outcome));
}

async function registered(from: Sender, ...seconds: number[]): Promise<JobId[]> {
  const envelopes = seconds.map((second) => from.envelope(second));
  for (const envelope of envelopes) await registerJob(at.db, envelope);
  return envelopes.map((envelope) => envelope.jobId);
}

describe('registering', () => {
  test('the same file never becomes two jobs, also when told twice at once', async () => {
    const from = await sender(at.db);
    const envelope = from.envelope(1);
    const made = await Promise.all(Array.from({ length: 5 }, () => registerJob(at.db, envelope)));
    expect(made.filter((isNew) => isNew)).toHaveLength(1);
    expect((await listJobs(at.db, { tenantId: from.tenantId, limit: 10 })).items).toMatchObject([{ id: envelope.jobId, state: 'staged' }]);
  });

  test('an envelope of no feed is a fault', async () => {
    const from = await sender(at.db);
    await expect(registerJob(at.db, from.envelope(1, 9))).rejects.toThrow('a feed that does not exist');
  });

  test('a crowd is registered together, and what is wrong with one does not keep back the others', async () => {
    const [from, other] = [await sender(at.db), await sender(at.db)];
    const register = groupedRegistration(at.db);
    const good = [...Array.from({ length: 20 }, (_, second) => from.envelope(second + 1)), other.envelope(1)];
    const told = await Promise.allSettled([
      ...good.map(register),
      register(from.envelope(30, 9)),
      register({ ...from.envelope(31), fileName: 'no\0name.csv' }),
      register(good[3]!),
    ]);
    expect(told.map(({ status }) => status)).toEqual([...good.map(() => 'fulfilled'), 'rejected', 'rejected', 'fulfilled']);
    const listed = async ({ tenantId }: Sender): Promise<unknown[]> =>
      (await listJobs(at.db, { tenantId, limit: 100 })).items.map(({ id }) => id).sort();
    expect(await listed(from)).toEqual(good.slice(0, 20).map(({ jobId }) => jobId).sort());
    expect(await listed(other)).toEqual([good[20]?.jobId]);
  });
});

describe('order and claims', () => {
  test('the oldest sealed file comes first, whenever its job was made', async () => {
    const from = await sender(at.db);
    const [late, early] = await registered(from, 20, 10);
    expect((await begin(from.tenantId))?.id).toBe(early);
    await end(early!);
    expect((await begin(from.tenantId))?.id).toBe(late);
  });

  test('who holds the claim keeps others out; losing the connection frees it', async () => {
    const from = await sender(at.db);
    const inside = await withTenantClaim(at.db, from.tenantId, () => begin(from.tenantId));
    expect(inside).toBeNull();
    const [id] = await registered(from, 1);
    const broken = withTenantClaim(at.db, from.tenantId, async (client) => {
      await beginNextJob(client, from.tenantId);
      await client.query('select pg_terminate_backend(pg_backend_pid())');
    });
    await expect(broken).rejects.toThrow();
    let begun = await begin(from.tenantId);
    // The server says that a connection is gone a moment before it lets go of its locks.
    while (begun === null) {
      await pause(20);
      begun = await begin(from.tenantId);
    }
    expect(begun).toMatchObject({ id, attempts: 2, state: 'processing' });
  });

  test('a job waits behind an unfinished one of its feed, not behind other feeds', async () => {
    const from = await sender(at.db, 2);
    const [first, second, other] = [from.envelope(1), from.envelope(2), from.envelope(3, 1)];
    for (const envelope of [first, second, other]) await registerJob(at.db, envelope);
    const job = (await begin(from.tenantId))!;
    expect(job.id).toBe(first.jobId);
    expect(await failTry(at.db, job, { code: 'unexpected', message: 'x', retry: true })).toBe('staged');
    expect((await begin(from.tenantId))?.id).toBe(other.jobId);
    await end(other.jobId);
    expect(await begin(from.tenantId)).toBeNull();
    await at.db.knex('jobs').where({ id: first.jobId }).update({ not_before: new Date(0) });
    expect((await begin(from.tenantId))?.id).toBe(first.jobId);
  });

  test('tenants with work are told, and no others', async () => {
    const [busy, idle] = [await sender(at.db), await sender(at.db)];
    await registered(busy, 1);
    expect(await tenantsWithWork(at.db)).toContain(busy.tenantId);
    expect(await tenantsWithWork(at.db)).not.toContain(idle.tenantId);
    expect(await hasWork(at.db, busy.tenantId)).toBe(true);
    expect(await hasWork(at.db, idle.tenantId)).toBe(false);
    expect((await countOpenJobs(at.db))['staged']).toBeGreaterThan(0);
  });
});

describe('ending', () => {
  test('a job ends once', async () => {
    const from = await sender(at.db);
    const [id] = await registered(from, 1);
    await expect(end(id!)).rejects.toThrow('is not being processed');
    await begin(from.tenantId);
    await end(id!);
    await expect(end(id!)).rejects.toThrow('is not being processed');
    const job = await findJob(at.db, from.tenantId, id!);
    expect(job).toMatchObject({ state: 'applied', counts: { created: 2 }, failure: null });
    expect(Object.keys(job.counts)).toEqual(Object.keys(noCounts));
    expect(job.finishedAt).not.toBeNull();
  });

  test('a try that breaks is made again, but not for ever, and not when it would not help', async () => {
    const from = await sender(at.db);
    const [id] = await registered(from, 1);
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      await at.db.knex('jobs').where({ id }).update({ not_before: null });
      const job = (await begin(from.tenantId))!;
      const state = await failTry(at.db, job, { code: 'unexpected', message: 'x', retry: true });
      expect(state).toBe(attempt < mostAttempts ? 'staged' : 'failed');
    }
    expect(await findJob(at.db, from.tenantId, id!)).toMatchObject({ state: 'failed', failure: { code: 'unexpected', message: 'x' } });
    const [next] = await registered(from, 2);
    const job = (await begin(from.tenantId))!;
    expect(job.id).toBe(next);
    expect(await failTry(at.db, job, { code: 'stagedFileMissing', message: 'gone', retry: false })).toBe('failed');
  });

  test('a job that took its processor along five times is given up, and the next one has its turn', async () => {
    const from = await sender(at.db);
    const [deadly, next] = await registered(from, 1, 2);
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) expect((await begin(from.tenantId))?.id).toBe(deadly);
    expect((await begin(from.tenantId))?.id).toBe(next);
    expect(await findJob(at.db, from.tenantId, deadly!)).toMatchObject({ state: 'failed', failure: { code: 'processorLost' } });
  });

  test('a refused file has no rows and says why', async () => {
    const from = await sender(at.db);
    const [id] = await registered(from, 1);
    await begin(from.tenantId);
    await end(id!, rejectedOutcome(null, []));
    expect(await findJob(at.db, from.tenantId, id!)).toMatchObject({ state: 'rejected', counts: noCounts });
  });

  test('only a job that has not begun can be taken back', async () => {
    const [from, stranger] = [await sender(at.db), await sender(at.db)];
    const [first, second] = await registered(from, 1, 2);
    await begin(from.tenantId);
    expect(await takeBackJob(at.db, from.tenantId, first!)).toBe(false);
    expect(await takeBackJob(at.db, stranger.tenantId, second!)).toBe(false);
    expect(await takeBackJob(at.db, from.tenantId, second!)).toBe(true);
    expect(await renameJob(at.db, { tenantId: from.tenantId, jobId: first! }, 'better.csv')).toBe(true);
    expect(await findJob(at.db, from.tenantId, first!)).toMatchObject({ fileName: 'better.csv' });
  });
});

describe('reading', () => {
  test('jobs come newest first, page by page, each once', async () => {
    const from = await sender(at.db);
    const ids = await registered(from, 1, 2, 3, 4, 5);
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page: Awaited<ReturnType<typeof listJobs>> = await listJobs(at.db, { tenantId: from.tenantId, limit: 2, ...(cursor == null ? {} : { cursor }) });
      seen.push(...page.items.map((job) => job.id));
      cursor = page.next;
    } while (cursor !== null);
    expect(seen).toEqual(ids.reverse());
    await expect(listJobs(at.db, { tenantId: from.tenantId, limit: 2, cursor: 'x' })).rejects.toMatchObject({ code: 'requestInvalid' });
  });

  test('a job of another tenant, or none, is not found', async () => {
    const [from, stranger] = [await sender(at.db), await sender(at.db)];
    const [id] = await registered(from, 1);
    for (const [tenantId, jobId] of [[stranger.tenantId, id!], [from.tenantId, randomUUID() as JobId], [from.tenantId, `' or 1=1` as JobId]] as const) {
      await expect(findJob(at.db, tenantId, jobId)).rejects.toMatchObject({ code: 'notFound' });
    }
  });

  test('rows by result, by code and by page, with the message of the catalogue', async () => {
    const from = await sender(at.db);
    const [id] = await registered(from, 1);
    const issues = JSON.stringify([{ code: 'validateActive', severity: 'error', column: 'Active', found: 'yes', expected: null }]);
    const rows = Array.from({ length: 9 }, (_, index) => ({
      ...{ job_id: id, ordinal: index + 1, sheet: null, row_no: index + 2, external_id: `E${index}` },
      ...(index % 3 === 0 ? { result: 'rejected', codes: ['validateActive'], issues } : { result: index % 3 === 1 ? 'created' : 'unchanged', codes: [] }),
    }));
    await at.db.knex('row_results').insert(rows);
    const numbers = (items: readonly ReportRow[]): number[] => items.map((row) => row.row);
    expect(numbers((await listRows(at.db, { jobId: id!, result: 'rejected', limit: 10 })).items)).toEqual([2, 5, 8]);
    expect(numbers((await listRows(at.db, { jobId: id!, code: 'validateActive', limit: 10 })).items)).toEqual([2, 5, 8]);
    expect(numbers((await listRows(at.db, { jobId: id!, result: 'created', code: 'validateActive', limit: 10 })).items)).toEqual([]);
    const first = await listRows(at.db, { jobId: id!, limit: 4 });
    const rest = await listRows(at.db, { jobId: id!, limit: 10, cursor: first.next! });
    expect([...numbers(first.items), ...numbers(rest.items)]).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(rest.next).toBeNull();
    expect(first.items[0]?.issues).toEqual([
      { code: 'validateActive', severity: 'error', column: 'Active', found: 'yes', expected: null, message: 'Active is yes; it must be 1, 0 or empty.' },
    ]);
    const all: number[] = [];
    for await (const row of allRows(at.db, { jobId: id!, withIssues: true })) all.push(row.row);
    expect(all).toEqual([2, 5, 8]);
    await expect(listRows(at.db, { jobId: id!, limit: 1, cursor: '-1' })).rejects.toMatchObject({ code: 'requestInvalid' });
  });
});
