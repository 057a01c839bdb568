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
  const seal = async (file: DiskFile, name: string, folder: string): Promise<void> => {
    const names = [[at(`${name}.part`), at(`${name}.file`)], [at(`${name}.tmp`), at(`${name}.json`)]] as const;
    await endings.seal({ file, bytes: bytesOf(name), draft: at(`${name}.tmp`), envelope: '{}', names, folder });
  };
  const [good, bad] = [await systemDisk.create(at('good.part')), await systemDisk.create(at('bad.part'))];
  await seal(good, 'good', work.path);
  await expect(seal(bad, 'bad', at('nowhere'))).rejects.toMatchObject({ code: 'ENOENT' });
  await endings.close();
  expect(told).toBe(2);
  expect(await readFile(at('good.file'), 'utf8')).toBe('good');
  expect(await readFile(at('good.json'), 'utf8')).toBe('{}');
});
