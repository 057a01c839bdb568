import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemDisk, type DiskFile } from './disk.ts';
import { endingsByPace } from './endings.ts';
import { bytesOf, workFolder, type WorkFolder } from './test/work-folder.ts';

let work: WorkFolder;
beforeEach(async () => {
  work = await workFolder();
});
afterEach(() => work.clear());

test.each([
  ['here, where the medium is quick', true],
  ['in a thread, where it is not', false],
])('files are sealed %s, and what fails tells its code', async (_where, isQuick) => {
  let told = 0;
  const endings = endingsByPace({ isQuick, took: () => (told += 1) });
  const at = (name: string): string => join(work.path, name);
  const seal = async (file: DiskFile | null, name: string, folder: string): Promise<void> => {
    const place = at(`${name}.file`);
    const last = [at(`${name}.tmp`), at(`${name}.json`)] as const;
    const names = file === null ? [last] : [[at(`${name}.part`), place] as const, last];
    await endings.seal({ file, place, bytes: bytesOf(name), draft: at(`${name}.tmp`), envelope: '{}', names, folder });
  };
  const [good, bad] = [await systemDisk.create(at('good.part')), await systemDisk.create(at('bad.part'))];
  await seal(good, 'good', work.path);
  await seal(null, 'in memory', work.path);
  await expect(seal(bad, 'bad', at('nowhere'))).rejects.toMatchObject({ code: 'ENOENT' });
  await endings.close();
  expect(told).toBe(3);
  for (const name of ['good', 'in memory']) {
    expect(await readFile(at(`${name}.file`), 'utf8')).toBe(name);
    expect(await readFile(at(`${name}.json`), 'utf8')).toBe('{}');
  }
});
