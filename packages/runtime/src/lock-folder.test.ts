import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFileName, lockFolder } from './lock-folder.ts';
import { processStart } from './process-start.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rosterport-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const lockPath = (): string => join(folder, lockFileName);

async function idOfDeadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

test('a folder is made, taken once, and free again after the release', async () => {
  const deeper = join(folder, 'not', 'there', 'yet');
  const lock = await lockFolder(deeper);
  await expect(lockFolder(deeper)).rejects.toMatchObject({
    code: 'dataFolderInUse',
    message: `Another Rosterport (process ${process.pid}) runs on the data folder ${deeper}.`,
  });
  await lock.release();
  await lock.release();
  const next = await lockFolder(deeper);
  await lock.release();
  expect(await readdir(deeper)).toEqual([lockFileName]);
  await next.release();
  expect(await readdir(deeper)).toEqual([]);
});

test('of many that want it at once, one gets it', async () => {
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  expect(await readdir(folder)).toEqual([lockFileName]);
});

test('a folder that another living process holds is refused, and free once that process was killed', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  await writeFile(lockPath(), JSON.stringify({ pid, start: await processStart(pid), token: 't' }));
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'dataFolderInUse', kind: 'conflict' });
  child.kill('SIGKILL');
  await once(child, 'exit');
  await (await lockFolder(folder)).release();
});

test.each([
  ['a process that is gone', async () => JSON.stringify({ pid: await idOfDeadProcess(), start: 'x', token: 't' })],
  ['an earlier process that had the id of a living one', () => JSON.stringify({ pid: process.pid, start: 'x', token: 't' })],
  ['nobody, for it is empty', () => ''],
  ['nobody, for it is torn', () => '{"pid":'],
  ['nobody, for it is something else', () => 'null'],
])('a lock of %s is taken over', async (_, content) => {
  await writeFile(lockPath(), await content());
  const lock = await lockFolder(folder);
  expect(JSON.parse(await readFile(lockPath(), 'utf8'))).toMatchObject({ pid: process.pid });
  await lock.release();
  expect(await readdir(folder)).toEqual([]);
});

test('of many that find a stale lock at once, one gets it', async () => {
  await writeFile(lockPath(), JSON.stringify({ pid: await idOfDeadProcess(), start: 'x', token: 't' }));
  const results = await Promise.allSettled([lockFolder(folder), lockFolder(folder)]);
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  expect(await readdir(folder)).toEqual([lockFileName]);
});

test('what cannot be a folder is unusable', async () => {
  await writeFile(join(folder, 'file'), '');
  for (const path of [join(folder, 'file'), join(folder, 'file', 'below')]) {
    await expect(lockFolder(path)).rejects.toMatchObject({ code: 'dataFolderUnusable', kind: 'refused' });
  }
});

test('a process is told from others by its start', async () => {
  const own = await processStart(process.pid);
  expect(own).toEqual(expect.any(String));
  expect(await processStart(process.pid)).toBe(own);
  expect(await processStart(await idOfDeadProcess())).toBeNull();
});
