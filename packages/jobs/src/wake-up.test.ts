import { beforeAll, expect, test } from '@jest/globals';
import type { TenantId } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
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

test('migrating the wake-ups again does nothing', async () => {
  await migrateWakeUps(at.db);
  await expect(migrateWakeUps(at.db)).resolves.toBeUndefined();
});
