import { beforeAll, expect, test } from '@jest/globals';
import type { TenantId } from '@rosterport/domain';
import { openDatabase } from '@rosterport/database';
import { openLink, testDatabase } from '@rosterport/testing';
import { registerJob } from './register-job.ts';
import { sender } from './testing/ledger.ts';
import { migrateWakeUps, serveWakeUps } from './wake-up.ts';

const at = testDatabase();
beforeAll(() => migrateWakeUps(at.db));

test('a job wakes the processor of its tenant, a failure is told, and closing lets the work in hand end', async () => {
  const [good, bad] = [await sender(at.db), await sender(at.db)];
  const woken: TenantId[] = [];
  const failures: unknown[] = [];
  let told = (): void => undefined;
  const both = new Promise<void>((resolve) => (told = resolve));
  const server = await serveWakeUps(at.db, {
    concurrency: 2,
    process: async (tenantId) => {
      woken.push(tenantId);
      await new Promise((resolve) => setImmediate(resolve));
      if (tenantId === bad.tenantId) throw new Error('broken');
    },
    sweep: () => Promise.resolve(),
    rounds: [],
    failed: (error) => {
      failures.push(error);
      told();
    },
  });
  await registerJob(at.db, good.envelope(1));
  await registerJob(at.db, bad.envelope(1));
  await both;
  await server.close();
  expect(woken).toEqual(expect.arrayContaining([good.tenantId, bad.tenantId]));
  expect(failures).toMatchObject([{ message: 'broken' }]);
});

test('a round is run when its time has come', async () => {
  let told = (): void => undefined;
  const ran = new Promise<void>((resolve) => (told = resolve));
  const server = await serveWakeUps(at.db, {
    concurrency: 1,
    process: () => Promise.resolve(),
    sweep: () => Promise.resolve(),
    rounds: [{ name: 'look-around', schedule: '17 3 * * *', run: () => Promise.resolve(told()) }],
    failed: () => undefined,
  });
  // As the library does at that time.
  await at.db.pool.query(`select graphile_worker.add_job('look-around')`);
  await ran;
  await server.close();
});

test('migrating the wake-ups again does nothing', async () => {
  await migrateWakeUps(at.db);
  await expect(migrateWakeUps(at.db)).resolves.toBeUndefined();
});

test('a database that goes away in the middle of the work does not end the waiting for wake-ups', async () => {
  const link = await openLink(at.url);
  const far = await openDatabase({ url: link.url });
  const from = await sender(at.db);
  let calls = 0;
  let told = (): void => undefined;
  const woken = new Promise<void>((resolve) => (told = resolve));
  const server = await serveWakeUps(far, {
    concurrency: 1,
    process: () => {
      calls += 1;
      if (calls === 1) link.cut();
      else told();
      return Promise.resolve();
    },
    sweep: () => Promise.resolve(),
    rounds: [],
    failed: () => undefined,
  });
  await registerJob(at.db, from.envelope(1));
  while (calls === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  link.mend();
  const other = await sender(at.db);
  await registerJob(at.db, other.envelope(2));
  await woken;
  expect(calls).toBeGreaterThan(1);
  await server.close();
  await far.close();
  await link.close();
});
