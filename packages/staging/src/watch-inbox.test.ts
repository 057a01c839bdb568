import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Failure, type Envelope, type JobId } from '@rosterport/domain';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hastyDisk } from './test/breaking-disk.ts';
import { newJobId, sealOne, until, workFolder, type WorkFolder } from './test/work-folder.ts';

let work: WorkFolder;
beforeEach(async () => {
  work = await workFolder();
});
afterEach(() => work.clear());

const never = 100_000;

test('500 files that are sealed while it watches are each reported', async () => {
  const staging = await work.open({ sweepEverySeconds: never, disk: hastyDisk });
  const reported = new Set<JobId>();
  const watch = await staging.watch(async ({ jobId }) => {
    reported.add(jobId);
    await staging.keep(jobId);
  });
  const sealed: JobId[] = [];
  for (let round = 0; round < 20; round += 1) {
    sealed.push(...(await Promise.all(Array.from({ length: 25 }, () => sealOne(staging)))));
  }
  await until(() => reported.size === 500);
  expect([...reported].sort()).toEqual(sealed.sort());
  await watch.close();
  expect(await staging.sealed()).toEqual([]);
});

test('what lies there at the start is reported in the order of sealing', async () => {
  const staging = await work.open({ sweepEverySeconds: never });
  const ids = [await sealOne(staging), await sealOne(staging), await sealOne(staging)];
  const reported: JobId[] = [];
  const watch = await staging.watch(({ jobId }) => {
    reported.push(jobId);
    return Promise.resolve();
  });
  await until(() => reported.length === 3);
  expect(watch.ready).toBe(true);
  await watch.close();
  expect(watch.ready).toBe(false);
  expect(reported).toEqual(ids);
});

/** Puts a sealed file into the inbox as another process would, so that nobody tells the watch of it. */
async function putByHand(): Promise<JobId> {
  const elsewhere = await workFolder();
  const jobId = await sealOne(await elsewhere.open());
  for (const name of [`${jobId}.file`, `${jobId}.json`]) {
    await copyFile(join(elsewhere.path, 'inbox', name), join(work.path, 'inbox', name));
  }
  await elsewhere.clear();
  return jobId;
}

test('a file that another hand put there is seen by the watch', async () => {
  const staging = await work.open({ sweepEverySeconds: never });
  const reported: JobId[] = [];
  const watch = await staging.watch(async ({ jobId }) => {
    reported.push(jobId);
    await staging.keep(jobId);
  });
  const put: JobId[] = [];
  await until(async () => {
    put.push(await putByHand());
    await new Promise((resolve) => setTimeout(resolve, 200));
    return reported.length > 0;
  });
  await watch.close();
  expect(put).toContain(reported[0]);
});

test('a file that the watch does not see is found by the sweep', async () => {
  const staging = await work.open({ sweepEverySeconds: 0.2, disk: hastyDisk });
  await Promise.all(Array.from({ length: 120 }, () => sealOne(staging)));
  const reported = new Set<JobId>();
  const watch = await staging.watch(({ jobId }) => {
    reported.add(jobId);
    return Promise.resolve();
  });
  await until(() => reported.size === 120);
  const jobId = await putByHand();
  await until(() => reported.has(jobId));
  await watch.close();
  expect(reported.size).toBe(121);
});

test('a report that fails is made again, one that succeeds is not while the file is kept', async () => {
  const staging = await work.open({ sweepEverySeconds: 0.1 });
  const tries = new Map<JobId, number>();
  const [flaky, good] = [await sealOne(staging), await sealOne(staging)];
  const watch = await staging.watch(async ({ jobId }) => {
    const count = (tries.get(jobId) ?? 0) + 1;
    tries.set(jobId, count);
    if (jobId === flaky && count < 3) throw new Error('not yet');
    await staging.keep(jobId);
  });
  await until(() => tries.get(flaky) === 3);
  await watch.close();
  expect(tries.get(good)).toBe(1);
  expect(await staging.sealed()).toEqual([]);
});

test('while the database is away a round ends at the first file, and all are reported once it is back', async () => {
  const staging = await work.open({ sweepEverySeconds: 0.1 });
  const ids = [await sealOne(staging), await sealOne(staging), await sealOne(staging)];
  const calls: JobId[] = [];
  let isAway = true;
  const watch = await staging.watch(async ({ jobId }) => {
    calls.push(jobId);
    if (isAway) throw new Failure('databaseUnavailable');
    await staging.keep(jobId);
  });
  await until(() => calls.length >= 3);
  expect(new Set(calls)).toEqual(new Set([ids[0]]));
  isAway = false;
  await until(async () => (await staging.sealed()).length === 0);
  await watch.close();
  expect(calls.slice(-3)).toEqual(ids);
});

test('reports never overlap, and none comes after the watch was closed', async () => {
  const staging = await work.open({ sweepEverySeconds: 0.05 });
  let running = 0;
  let most = 0;
  let calls = 0;
  const slow = async (_: Envelope): Promise<void> => {
    calls += 1;
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 30));
    running -= 1;
  };
  const watch = await staging.watch(slow);
  await Promise.all(Array.from({ length: 5 }, () => sealOne(staging)));
  await until(() => calls >= 12);
  await watch.close();
  expect({ running, most }).toEqual({ running: 0, most: 1 });
  const after = calls;
  await sealOne(staging, newJobId());
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(calls).toBe(after);
});
