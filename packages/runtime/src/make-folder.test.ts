import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { makeFolder } from './make-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'make-folder-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('makes what is missing, and leaves what is there', async () => {
  await makeFolder(join(folder, 'a', 'b', 'c'));
  await makeFolder(join(folder, 'a', 'b', 'c'));
  expect((await stat(join(folder, 'a', 'b', 'c'))).isDirectory()).toBe(true);
});

test('fails below a file', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(makeFolder(join(folder, 'file', 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test('ends with a failure where no folder can be made', async () => {
  const nowhere = process.platform === 'linux' ? '/proc/nowhere/x' : join(folder, 'x\0y');
  await expect(makeFolder(nowhere)).rejects.toThrow();
});
