import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { oldFilesIn } from './old-files.ts';
import { codeOf, sealOne, workFolder, type WorkFolder } from './test/work-folder.ts';

let work: WorkFolder;
beforeEach(async () => {
  work = await workFolder();
});
afterEach(() => work.clear());

test('a staging area that is open gives up a sealed file from either place', async () => {
  const staging = await work.open();
  const old = await oldFilesIn(work.path);
  const [inbox, kept, stays] = [await sealOne(staging), await sealOne(staging), await sealOne(staging)];
  await staging.keep(kept);
  for (const jobId of [inbox, kept, kept]) await old.discard(jobId);
  expect(await work.files()).toEqual([`inbox/${stays}.file`, `inbox/${stays}.json`]);
  expect(await codeOf(staging.open(kept))).toBe('stagedFileMissing');
});

test('what was set aside goes when it is old enough', async () => {
  const staging = await work.open();
  for (const [name, day] of [['a.json', 1], ['a.file', 1], ['b.json', 3]] as const) {
    const path = join(work.path, 'damaged', name);
    await writeFile(path, 'x');
    await utimes(path, new Date(0), new Date(Date.UTC(2026, 0, day)));
  }
  await mkdir(join(work.path, 'damaged', 'folder'));
  const before = new Date(Date.UTC(2026, 0, 2));
  expect([await staging.clearDamaged(before), await staging.clearDamaged(before)]).toEqual([2, 0]);
  expect(await work.files()).toEqual(['damaged/b.json']);
});

test('a folder without a staging area is refused', async () => {
  expect(await codeOf(oldFilesIn(join(work.path, 'elsewhere')))).toBe('stagingMissing');
});
