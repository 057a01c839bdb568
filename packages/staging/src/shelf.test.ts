import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, details, newJobId, sealOne, workFolder, type WorkFolder } from './test/work-folder.ts';

let work: WorkFolder;
beforeEach(async () => {
  work = await workFolder();
});
afterEach(() => work.clear());

describe('sealed files', () => {
  test('are kept out of the inbox, once or many times, and stay readable', async () => {
    const staging = await work.open();
    const jobId = await sealOne(staging);
    const before = await staging.open(jobId);
    await Promise.all([staging.keep(jobId), staging.keep(jobId)]);
    await staging.keep(jobId);
    const folder = `kept/${jobId.slice(0, 2)}`;
    expect(await work.files()).toEqual([`${folder}/${jobId}.file`, `${folder}/${jobId}.json`]);
    expect(await staging.sealed()).toEqual([]);
    const after = await staging.open(jobId);
    expect(after.envelope).toEqual(before.envelope);
    expect(Buffer.from(await after.read(1, 3)).toString()).toBe(jobId.slice(1, 4));
    expect(await before.read(30, 100)).toHaveLength(6);
    expect(await after.read(36, 10)).toHaveLength(0);
    await before.verify();
    await before.close();
    await after.close();
  });

  test('are read as a stream', async () => {
    const content = randomBytes(600_000);
    const staging = await work.open();
    const upload = await staging.begin({ jobId: newJobId(), limitBytes: 1_000_000 });
    await upload.write(0, content);
    const { jobId } = await upload.seal(details);
    const file = await staging.open(jobId);
    const chunks: Uint8Array[] = [];
    for await (const chunk of file.stream()) chunks.push(chunk);
    await file.close();
    expect(Buffer.concat(chunks).equals(content)).toBe(true);
  });

  test.each([
    ['other bytes', (path: string) => writeFile(path, 'x'.repeat(36))],
    ['fewer bytes', (path: string) => truncate(path, 35)],
    ['more bytes', (path: string) => truncate(path, 37)],
  ])('with %s than were received are found out', async (_, damage) => {
    const staging = await work.open();
    const jobId = await sealOne(staging);
    await damage(join(work.path, `inbox/${jobId}.file`));
    const file = await staging.open(jobId);
    expect(await codeOf(file.verify())).toBe('stagedFileDamaged');
    await file.close();
  });

  test('are discarded from either place, and then missing', async () => {
    const staging = await work.open();
    const [inbox, kept] = [await sealOne(staging), await sealOne(staging)];
    await staging.keep(kept);
    for (const jobId of [inbox, kept, kept]) await staging.discard(jobId);
    expect(await work.files()).toEqual([]);
    expect(await codeOf(staging.open(kept))).toBe('stagedFileMissing');
    expect(await codeOf(staging.keep(inbox))).toBe('stagedFileMissing');
  });
});
