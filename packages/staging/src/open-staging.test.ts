import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { breakingDisk, systemError } from './test/breaking-disk.ts';
import { bytesOf, codeOf, details, newJobId, sha256, workFolder, type WorkFolder } from './test/work-folder.ts';

let work: WorkFolder;
beforeEach(async () => {
  work = await workFolder();
});
afterEach(() => work.clear());

describe('the area', () => {
  test('sweeps partial files by their age, and never one that is being written', async () => {
    const staging = await work.open({ heldBytes: 0 });
    const [old, fresh] = [newJobId(), newJobId()];
    const paths = [old, fresh].map((jobId) => join(work.path, `partial/${jobId}.part`));
    for (const path of paths) await writeFile(path, 'x');
    await utimes(paths[0]!, new Date(0), new Date(Date.now() - 90_000_000));
    const active = await staging.begin({ jobId: newJobId(), limitBytes: 10 });
    await work.open();
    expect(await work.files()).toEqual([`partial/${active.jobId}.part`, `partial/${fresh}.part`].sort());
    await work.open({ partialsKeptSeconds: -1 });
    expect(await work.files()).toEqual([]);
  });

  test('begins anew what a process that is gone left half-written', async () => {
    const staging = await work.open();
    const jobId = newJobId();
    await writeFile(join(work.path, `partial/${jobId}.part`), 'a longer remainder');
    const upload = await staging.begin({ jobId, limitBytes: 100 });
    await upload.write(0, bytesOf('new'));
    expect(await upload.seal(details)).toMatchObject({ size: 3, sha256: sha256(bytesOf('new')) });
  });

  test('knows its room and health', async () => {
    const staging = await work.open();
    expect(await staging.freeBytes()).toBeGreaterThan(0);
    expect(await staging.healthy()).toBe(true);
    const sick = await work.open({
      disk: breakingDisk((step) => {
        if (step === 'create') throw systemError('EROFS');
      }),
    });
    expect(await sick.healthy()).toBe(false);
  });

  test('cannot be opened where a file stands', async () => {
    await writeFile(join(work.path, 'file'), '');
    expect(await codeOf(work.open({ folder: join(work.path, 'file') }))).toBe('dataFolderUnusable');
  });

  test('discards the uploads under way when it is closed', async () => {
    const staging = await work.open();
    const upload = await staging.begin({ jobId: newJobId(), limitBytes: 10 });
    await staging.close();
    expect(await work.files()).toEqual([]);
    expect(await codeOf(upload.seal(details))).toBe('uploadIncomplete');
  });
});
