import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { JobId } from '@rosterport/domain';
import { randomBytes } from 'node:crypto';
import { readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { systemDisk } from './disk.ts';
import type { Upload } from './upload.ts';
import { breakingDisk, systemError, type Step } from './test/breaking-disk.ts';
import { bytesOf, codeOf, details, newJobId, sealOne, sha256, workFolder, type WorkFolder } from './test/work-folder.ts';

let work: WorkFolder;
beforeEach(async () => {
  work = await workFolder();
});
afterEach(() => work.clear());

async function begin(jobId: JobId = newJobId(), limitBytes = 10_000_000): Promise<Upload> {
  return (await work.open()).begin({ jobId, limitBytes });
}

describe('sealing', () => {
  test('makes a file and its envelope, readable only by this user', async () => {
    const jobId = newJobId();
    const upload = await begin(jobId);
    await upload.write(0, bytesOf('a;b\n'));
    await upload.write(4, bytesOf('1;2\n'));
    // It is small, and nowhere but in memory until here.
    expect(await work.files()).toEqual([]);
    const envelope = await upload.seal(details);
    expect(envelope).toMatchObject({ ...details, version: 1, jobId, size: 8, sha256: sha256(bytesOf('a;b\n1;2\n')) });
    expect(await work.files()).toEqual([`inbox/${jobId}.file`, `inbox/${jobId}.json`]);
    expect(JSON.parse(await readFile(join(work.path, `inbox/${jobId}.json`), 'utf8'))).toEqual(envelope);
    expect((await stat(join(work.path, `inbox/${jobId}.file`))).mode & 0o777).toBe(0o600);
    expect((await stat(join(work.path, `inbox/${jobId}.json`))).mode & 0o777).toBe(0o600);
  });

  test('seals an empty file', async () => {
    const upload = await begin();
    expect(await upload.seal(details)).toMatchObject({ size: 0, sha256: sha256(new Uint8Array()) });
  });

  // Small enough to be held in memory, growing out of it, too large for it from the first piece on.
  const contents = [7_000, 140_000, 700_000].map((size) => randomBytes(size));
  const pieces = (order: readonly number[]): [number, number][] => order.map((n) => [n, n + 1]);
  test.each<[string, readonly (readonly [number, number])[]]>([
    ['in order', pieces([0, 1, 2, 3, 4, 5, 6])],
    ['backwards', pieces([6, 5, 4, 3, 2, 1, 0])],
    ['second piece first', pieces([1, 0, 2, 3, 4, 5, 6])],
    ['with a gap that is filled last', pieces([0, 1, 3, 4, 5, 6, 2])],
    ['with a piece written twice', pieces([0, 1, 2, 3, 4, 5, 6, 2])],
    ['with pieces that overlap', [[0, 4], [3, 7]]],
  ])('hashes what is written %s', async (_, order) => {
    for (const content of contents) {
      const piece = content.length / 7;
      const upload = await begin();
      await Promise.all(order.map(([from, to]) => upload.write(from * piece, content.subarray(from * piece, to * piece))));
      expect(await upload.seal(details)).toMatchObject({ size: content.length, sha256: sha256(content) });
      expect((await readFile(join(work.path, `inbox/${upload.jobId}.file`))).equals(content)).toBe(true);
    }
  });

  test('holds no more in memory than it may, and gives every file what is its own', async () => {
    const staging = await work.open({ heldBytes: 2 * 64 * 1024 });
    for (const text of ['x'.repeat(900), '']) {
      const uploads = await Promise.all(Array.from({ length: 5 }, () => staging.begin({ jobId: newJobId(), limitBytes: 1_000 })));
      for (const upload of uploads) await upload.write(0, bytesOf(text));
      // What is not written is zero, whoever had the memory before.
      for (const upload of uploads) await upload.write(999, bytesOf('z'));
      const whole = sha256(bytesOf(`${text}${'\0'.repeat(999 - text.length)}z`));
      for (const upload of uploads) expect((await upload.seal(details)).sha256).toBe(whole);
    }
    for (const { jobId } of await staging.sealed()) await (await staging.open(jobId)).verify();
  });

  test('seals nothing where there is no inbox, and the next file when there is one again', async () => {
    const staging = await work.open();
    const inbox = join(work.path, 'inbox');
    await rename(inbox, `${inbox}-away`);
    const upload = await staging.begin({ jobId: newJobId(), limitBytes: 10 });
    expect(await codeOf(upload.seal(details))).toBe('unexpected');
    await rename(`${inbox}-away`, inbox);
    expect(await work.files()).toEqual([]);
    await sealOne(staging);
    expect(await staging.sealed()).toHaveLength(1);
  });

  test('hashes what the last of two different writes left', async () => {
    const upload = await begin();
    await upload.write(0, bytesOf('aaaa'));
    await upload.write(1, bytesOf('bb'));
    expect(await upload.seal(details)).toMatchObject({ size: 4, sha256: sha256(bytesOf('abba')) });
  });

  test('fills what was never written with zeros', async () => {
    const upload = await begin();
    await upload.write(3, bytesOf('x'));
    await upload.write(9, new Uint8Array());
    expect(await upload.seal(details)).toMatchObject({ size: 4, sha256: sha256(bytesOf('\0\0\0x')) });
  });

  test.each([
    { how: 'to nothing', size: 0, after: 'new', wanted: 'new' },
    { how: 'beyond what is held in memory', size: 70_000, after: 'x', wanted: `abcd${'\0'.repeat(69_996)}x` },
    { how: 'shorter', size: 2, after: '', wanted: 'ab' },
    { how: 'shorter, then on', size: 2, after: 'xyz', wanted: 'abxyz' },
    { how: 'longer', size: 6, after: '', wanted: 'abcd\0\0' },
  ])('truncates $how, in the order of the calls', async ({ size, after, wanted }) => {
    const upload = await begin();
    const calls = [upload.write(0, bytesOf('abcd')), upload.truncate(size)];
    if (after !== '') calls.push(upload.write(size, bytesOf(after)));
    const envelope = await upload.seal(details);
    await Promise.all(calls);
    expect(envelope).toMatchObject({ size: wanted.length, sha256: sha256(bytesOf(wanted)) });
  });

  test('gives moments of sealing that grow though the clock stands still or goes back', async () => {
    const clock = { now: () => new Date('2026-01-01T00:00:00.000Z') };
    const first = await work.open({ clock });
    const ids = [await sealOne(first), await sealOne(first), await sealOne(first)];
    const second = await work.open({ clock: { now: () => new Date('2020-01-01T00:00:00.000Z') } });
    ids.push(await sealOne(second));
    const sealed = await second.sealed();
    expect(sealed.map((envelope) => envelope.jobId)).toEqual(ids);
    expect(sealed.map((envelope) => envelope.sealedAt)).toEqual(
      ['000', '001', '002', '003'].map((micros) => `2026-01-01T00:00:00.000${micros}Z`),
    );
  });

  test('refuses to seal twice, to write after, and to begin again, also once the file is kept', async () => {
    const staging = await work.open();
    const jobId = newJobId();
    const upload = await staging.begin({ jobId, limitBytes: 10 });
    expect(await codeOf(staging.begin({ jobId, limitBytes: 10 }))).toBe('uploadExists');
    await upload.seal(details);
    expect(await codeOf(upload.seal(details))).toBe('uploadExists');
    expect(await codeOf(upload.write(0, bytesOf('x')))).toBe('uploadExists');
    await upload.discard();
    expect(await codeOf(staging.begin({ jobId, limitBytes: 10 }))).toBe('uploadExists');
    await staging.keep(jobId);
    expect(await codeOf(staging.begin({ jobId, limitBytes: 10 }))).toBe('uploadExists');
    expect(await work.files()).toHaveLength(2);
  });

  test('refuses to seal an id that another way has sealed meanwhile', async () => {
    const jobId = newJobId();
    const late = await begin(jobId);
    await sealOne(await work.open(), jobId);
    expect(await codeOf(late.seal(details))).toBe('uploadExists');
    expect(await work.files()).toEqual([`inbox/${jobId}.file`, `inbox/${jobId}.json`]);
  });

  test('seals many at once', async () => {
    const staging = await work.open();
    const ids = await Promise.all(Array.from({ length: 50 }, () => sealOne(staging)));
    expect((await staging.sealed()).map((envelope) => envelope.jobId).sort()).toEqual([...ids].sort());
    for (const jobId of ids) {
      const file = await staging.open(jobId);
      await file.verify();
      expect(file.envelope.sha256).toBe(sha256(bytesOf(jobId)));
      await file.close();
    }
  });
});

describe('refusing', () => {
  test.each([
    ['another size', { size: 4 }, 'it has 3 bytes instead of 4'],
    ['another SHA-256', { size: 3, sha256: '0'.repeat(64) }, 'its SHA-256 is another'],
  ])('seals nothing that was declared with %s, and keeps nothing of it', async (_what, declared, problem) => {
    const upload = await begin();
    await upload.write(0, bytesOf('abc'));
    await expect(upload.seal(details, declared)).rejects.toMatchObject({ code: 'uploadDamaged', message: expect.stringContaining(problem) });
    expect(await work.files()).toEqual([]);
  });

  test('takes nothing beyond the limit and keeps nothing of it', async () => {
    const upload = await begin(newJobId(), 10);
    await upload.write(0, new Uint8Array(10));
    expect(await codeOf(upload.write(10, new Uint8Array(1)))).toBe('fileTooLarge');
    expect(await codeOf(upload.write(0, new Uint8Array(1)))).toBe('fileTooLarge');
    expect(await codeOf(upload.seal(details))).toBe('fileTooLarge');
    expect(await work.files()).toEqual([]);
  });

  test('takes no truncation beyond the limit', async () => {
    expect(await codeOf((await begin(newJobId(), 10)).truncate(11))).toBe('fileTooLarge');
    expect(await work.files()).toEqual([]);
  });

  test.each([-1, 0.5, Number.NaN, 2 ** 63])('takes no write at %p', async (position) => {
    const upload = await begin();
    expect(await codeOf(upload.write(position, bytesOf('x')))).toBe('requestInvalid');
    expect((await upload.seal(details)).size).toBe(0);
  });

  test('takes no id that could lead elsewhere', async () => {
    expect(await codeOf(begin('../../etc/passwd' as JobId))).toBe('requestInvalid');
  });

  test('waits for a discard that somebody else began', async () => {
    const staging = await work.open({ disk: { ...systemDisk, remove: (path) => delay(100).then(() => systemDisk.remove(path)) } });
    const upload = await staging.begin({ jobId: newJobId(), limitBytes: 10 });
    const first = upload.discard();
    await upload.discard();
    expect(await work.files()).toEqual([]);
    await first;
    void (await staging.begin({ jobId: newJobId(), limitBytes: 10 })).discard();
    await staging.close();
    expect(await work.files()).toEqual([]);
  });

  test('forgets a discarded upload, and begins it anew', async () => {
    const staging = await work.open();
    const jobId = newJobId();
    const upload = await staging.begin({ jobId, limitBytes: 10 });
    await upload.discard();
    expect(await codeOf(upload.write(0, bytesOf('x')))).toBe('uploadIncomplete');
    expect(await work.files()).toEqual([]);
    const again = await staging.begin({ jobId, limitBytes: 10 });
    await upload.discard();
    await again.write(0, bytesOf('y'));
    expect((await again.seal(details)).size).toBe(1);
  });

  test.each<{ step: Step; error: string; code: string }>([
    { step: 'create', error: 'ENOSPC', code: 'storageFull' },
    { step: 'write', error: 'ENOSPC', code: 'storageFull' },
    { step: 'write', error: 'EDQUOT', code: 'storageFull' },
    { step: 'write', error: 'EIO', code: 'unexpected' },
    { step: 'truncate', error: 'ENOSPC', code: 'storageFull' },
    { step: 'sync', error: 'EIO', code: 'unexpected' },
    { step: 'close', error: 'EIO', code: 'unexpected' },
    { step: 'rename', error: 'ENOSPC', code: 'storageFull' },
    { step: 'syncFolder', error: 'EIO', code: 'unexpected' },
  ])('loses the upload when $step fails once with $error, and never seals it', async ({ step, error, code }) => {
    let armed = false;
    const disk = breakingDisk((taken) => {
      if (!armed || taken !== step) return;
      armed = false;
      throw systemError(error);
    });
    // Truncations of small files are no step on the disk while they are held in memory.
    const staging = await work.open({ disk, heldBytes: step === 'truncate' ? 0 : 64 * 1024 });
    armed = true;
    const codes: unknown[] = [];
    const upload = await staging.begin({ jobId: newJobId(), limitBytes: 100 }).catch((failure: unknown) => {
      codes.push((failure as { code: unknown }).code);
      return null;
    });
    if (upload !== null) {
      codes.push(await codeOf(upload.write(0, bytesOf('abc'))));
      codes.push(await codeOf(upload.truncate(2)));
      codes.push(await codeOf(upload.seal(details)), await codeOf(upload.seal(details)));
    }
    expect(codes.slice(codes.indexOf(code)).every((one) => one === code)).toBe(true);
    expect(codes.at(-1)).toBe(code);
    expect(await work.files()).toEqual([]);
    expect(await staging.sealed()).toEqual([]);
  });
});
