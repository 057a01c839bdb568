import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PartialDetails } from './partial-note.ts';
import type { Staging } from './staging.ts';
import { breakingDisk, systemError } from './test/breaking-disk.ts';
import { bytesOf, codeOf, details, newJobId, sha256, workFolder, type WorkFolder } from './test/work-folder.ts';

let work: WorkFolder;
beforeEach(async () => {
  work = await workFolder();
});
afterEach(() => work.clear());

const { tenantId, feedId, receivedAt } = details;
const credentialId = details.credentialId!;
const limitBytes = 1000;

function noteOf(size: number, changes: Partial<PartialDetails> = {}): PartialDetails {
  return { tenantId, feedId, credentialId, folder: '/', fileName: 'people.csv', size, isClosed: false, modifiedAt: null, receivedAt, ...changes };
}

/** Writes the text and leaves it with a note of so many bytes. */
async function leave(staging: Staging, text: string, size = text.length) {
  const jobId = newJobId();
  const upload = await staging.begin({ jobId, limitBytes });
  await upload.write(0, bytesOf(text));
  await upload.leave(noteOf(size));
  return { jobId, upload };
}

describe('an upload that was left', () => {
  test.each(['the same process', 'another process'])('is gone on with by %s', async (story) => {
    const first = await work.open();
    const { jobId, upload } = await leave(first, 'abcXX', 3);
    expect(await codeOf(upload.write(3, bytesOf('x')))).toBe('uploadIncomplete');
    await upload.discard();
    const staging = story === 'the same process' ? first : await work.open();
    expect(staging.partials(credentialId)).toMatchObject([{ ...noteOf(3), jobId }]);
    expect(staging.partials(newJobId() as never)).toEqual([]);
    const resumed = await staging.resume({ jobId, limitBytes });
    expect([resumed.size, staging.partials(credentialId)]).toEqual([3, []]);
    expect(await codeOf(staging.resume({ jobId, limitBytes }))).toBe('uploadExists');
    expect(Buffer.from(await resumed.head(2)).toString()).toBe('ab');
    await resumed.write(3, bytesOf('def'));
    expect(await resumed.seal(details)).toMatchObject({ jobId, size: 6, sha256: sha256(bytesOf('abcdef')) });
    expect(await work.files()).toEqual([`inbox/${jobId}.file`, `inbox/${jobId}.json`]);
    expect(await codeOf(staging.resume({ jobId, limitBytes }))).toBe('uploadIncomplete');
  });

  test('keeps what its note promised when the process that went on with it is killed', async () => {
    const staging = await work.open();
    const { jobId } = await leave(staging, 'abc');
    const resumed = await staging.resume({ jobId, limitBytes });
    await resumed.write(3, bytesOf('def'));
    const other = await work.open();
    expect(other.partials(credentialId)).toMatchObject([{ jobId, size: 3 }]);
    await resumed.note(noteOf(6));
    expect((await work.open()).partials(credentialId)).toMatchObject([{ jobId, size: 6 }]);
    // From a cut on, what the note promised may be gone.
    await resumed.truncate(1);
    expect((await work.open()).partials(credentialId)).toEqual([]);
  });

  test('is removed with its note when it is discarded or dropped, and not while somebody writes it', async () => {
    const staging = await work.open();
    const [one, other] = [await leave(staging, 'abc'), await leave(staging, 'abc')];
    const resumed = await staging.resume({ jobId: one.jobId, limitBytes });
    await staging.dropPartial(one.jobId);
    expect(await work.files()).toHaveLength(4);
    await resumed.discard();
    await staging.dropPartial(other.jobId);
    expect(await work.files()).toEqual([]);
  });

  test('gets another name, and then another time', async () => {
    let now = new Date('2026-01-01T00:00:00.000Z');
    const staging = await work.open({ clock: { now: () => now }, partialsKeptSeconds: 60 });
    const { jobId } = await leave(staging, 'abc');
    now = new Date('2026-01-01T00:00:59.000Z');
    await staging.amendPartial(jobId, noteOf(3, { fileName: 'b.csv', isClosed: true }));
    now = new Date('2026-01-01T00:01:30.000Z');
    expect(staging.partials(credentialId)).toMatchObject([{ jobId, fileName: 'b.csv', isClosed: true }]);
    expect(staging.expiredPartials()).toEqual([]);
    now = new Date('2026-01-01T00:02:00.000Z');
    expect(staging.partials(credentialId)).toEqual([]);
    expect(staging.expiredPartials()).toMatchObject([{ jobId }]);
    const later = await work.open({ clock: { now: () => now }, partialsKeptSeconds: 60 });
    expect(later.expiredPartials()).toMatchObject([{ jobId }]);
  });

  test('goes at the start when its note is broken, is of another one, or promises bytes that are gone', async () => {
    const staging = await work.open();
    const ids = [(await leave(staging, 'abc')).jobId, (await leave(staging, 'abc')).jobId, (await leave(staging, 'abc')).jobId];
    const whole = await leave(staging, 'abc');
    const path = (name: string): string => join(work.path, 'partial', name);
    await writeFile(path(`${ids[0]}.note`), '{"ver');
    await writeFile(path(`${ids[1]}.note`), await readFile(path(`${whole.jobId}.note`)));
    await writeFile(path(`${ids[2]}.part`), 'ab');
    const later = await work.open();
    expect(later.partials(credentialId)).toMatchObject([{ jobId: whole.jobId }]);
    expect(await work.files()).toEqual([`partial/${whole.jobId}.note`, `partial/${whole.jobId}.part`]);
  });

  test('is gone when it cannot be left, and says so', async () => {
    let isFull = false;
    const disk = breakingDisk((step) => {
      if (isFull && step === 'sync') throw systemError('ENOSPC');
    });
    const staging = await work.open({ disk });
    const upload = await staging.begin({ jobId: newJobId(), limitBytes });
    await upload.write(0, bytesOf('abc'));
    isFull = true;
    expect(await codeOf(upload.leave(noteOf(3)))).toBe('storageFull');
    expect(staging.partials(credentialId)).toEqual([]);
    expect(await work.files()).toEqual([]);
  });
});
