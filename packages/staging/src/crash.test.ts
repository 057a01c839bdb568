import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemDisk } from './disk.ts';
import type { Staging } from './staging.ts';
import { killedAfter } from './test/breaking-disk.ts';
import { bytesOf, details, newJobId, sealOne, sha256, workFolder, type WorkFolder } from './test/work-folder.ts';

let work: WorkFolder;
beforeEach(async () => {
  work = await workFolder();
});
afterEach(() => work.clear());

const content = bytesOf('a;b\n1;2\n');

/** Every sealed file can be read and is what its envelope says, and the inbox holds nothing but pairs. */
async function expectSound(staging: Staging): Promise<number> {
  const sealed = await staging.sealed();
  for (const { jobId } of sealed) {
    const file = await staging.open(jobId);
    await file.verify();
    await file.close();
  }
  expect((await work.files()).filter((path) => path.startsWith('inbox/') && path.endsWith('.json'))).toHaveLength(sealed.length);
  expect((await work.files()).filter((path) => path.startsWith('damaged/'))).toEqual([]);
  return sealed.length;
}

async function outcome(promise: Promise<unknown>): Promise<boolean> {
  return promise.then(
    () => true,
    () => false,
  );
}

/** Runs the story on a disk that dies after 0, 1, 2 … steps, until it lives to its end; checks after each death. */
async function dieAtEveryStep(
  story: (staging: Staging) => Promise<boolean>,
  check: (ended: boolean) => Promise<void>,
  { heldBytes }: { readonly heldBytes?: number } = {},
): Promise<number> {
  for (let steps = 0; ; steps += 1) {
    let alive = false;
    const killer = killedAfter(steps);
    const staging = await work.open({
      ...(heldBytes === undefined ? {} : { heldBytes }),
      disk: {
        create: (path) => (alive ? killer.disk : systemDisk).create(path),
        reopen: (path) => (alive ? killer.disk : systemDisk).reopen(path),
        rename: (from, to) => (alive ? killer.disk : systemDisk).rename(from, to),
        remove: (path) => (alive ? killer.disk : systemDisk).remove(path),
        makeFolder: (path) => (alive ? killer.disk : systemDisk).makeFolder(path),
        syncFolder: (path) => (alive ? killer.disk : systemDisk).syncFolder(path),
      },
    });
    alive = true;
    const ended = await story(staging);
    await check(ended);
    if (ended) return steps;
  }
}

describe('a kill between any two steps', () => {
  test.each([
    ['held in memory', {}],
    ['on the disk', { heldBytes: 0 }],
  ])('of an upload %s leaves a whole sealed file or nothing, and never loses one that was accepted', async (_where, options) => {
    let accepted = 0;
    const steps = await dieAtEveryStep(
      async (staging) => {
        const jobId = newJobId();
        const sealing = async (): Promise<void> => {
          const upload = await staging.begin({ jobId, limitBytes: 100 });
          await upload.write(0, content.subarray(0, 4));
          await upload.write(4, content.subarray(4));
          await upload.seal(details);
        };
        const ended = await outcome(sealing());
        if (ended) accepted += 1;
        return ended;
      },
      async (ended) => {
        const staging = await work.open();
        const found = await expectSound(staging);
        // One that was placed but not yet acknowledged may be there: the sender sends it again.
        expect(found).toBeGreaterThanOrEqual(accepted);
        expect((await staging.sealed()).every((envelope) => envelope.sha256 === sha256(content))).toBe(true);
        if (!ended) for (const { jobId } of await staging.sealed()) await staging.discard(jobId);
        expect((await work.files()).filter((path) => path.startsWith('inbox/'))).toHaveLength(2 * accepted);
      },
      options,
    );
    expect(steps).toBeGreaterThanOrEqual(10);
    expect(accepted).toBe(1);
  });

  test('of an upload that is left and gone on with loses nothing that was left, and never makes a file of half of it', async () => {
    const credentialId = details.credentialId!;
    const { tenantId, feedId, receivedAt } = details;
    const note = { tenantId, feedId, credentialId, folder: '/', fileName: 'a.csv', size: 4, isClosed: false, modifiedAt: null, receivedAt };
    let wasLeft = false;
    await dieAtEveryStep(
      async (staging) => {
        const jobId = newJobId();
        const going = async (): Promise<void> => {
          wasLeft = false;
          const upload = await staging.begin({ jobId, limitBytes: 100 });
          await upload.write(0, content.subarray(0, 4));
          await upload.leave(note);
          wasLeft = true;
          const resumed = await staging.resume({ jobId, limitBytes: 100 });
          await resumed.write(4, content.subarray(4));
          await resumed.seal(details);
        };
        return outcome(going());
      },
      async (ended) => {
        const staging = await work.open();
        const found = await expectSound(staging);
        const left = staging.partials(credentialId);
        if (ended) expect([found, left]).toEqual([1, []]);
        else if (wasLeft) expect(found + left.length).toBe(1);
        for (const { jobId } of left) {
          const resumed = await staging.resume({ jobId, limitBytes: 100 });
          expect(await resumed.head(100)).toEqual(content.subarray(0, 4));
          await resumed.discard();
        }
        for (const { jobId } of await staging.sealed()) await staging.discard(jobId);
      },
    );
  });

  test('of a move out of the inbox keeps the file readable, and the move can be done again', async () => {
    const jobId = newJobId();
    const steps = await dieAtEveryStep(
      async (staging) => {
        const whole = await work.open();
        await whole.discard(jobId);
        await sealOne(whole, jobId);
        return outcome(staging.keep(jobId));
      },
      async () => {
        const staging = await work.open();
        expect(await expectSound(staging)).toBeLessThanOrEqual(1);
        for (const { jobId: found } of await staging.sealed()) await staging.keep(found);
        expect(await staging.sealed()).toEqual([]);
        const file = await staging.open(jobId);
        await file.verify();
        await file.close();
        expect(await work.files()).toHaveLength(2);
      },
    );
    expect(steps).toBeGreaterThanOrEqual(5);
  });

  test('of a discard leaves a whole file or none', async () => {
    const jobId = newJobId();
    await dieAtEveryStep(
      async (staging) => {
        await outcome((await work.open()).discard(jobId));
        await sealOne(await work.open(), jobId);
        return outcome(staging.discard(jobId));
      },
      async () => {
        expect(await expectSound(await work.open())).toBeLessThanOrEqual(1);
      },
    );
    expect(await work.files()).toEqual([]);
  });
});

describe('what lies in the folder when it is opened', () => {
  const id = newJobId();
  const kept = `kept/${id.slice(0, 2)}`;
  const envelope = JSON.stringify({
    ...details,
    version: 1,
    jobId: id,
    size: content.length,
    sha256: sha256(content),
    sealedAt: '2026-01-02T03:04:05.000001Z',
  });
  const file = 'a;b\n1;2\n';

  const draft = { [`partial/${id}.json.tmp`]: '{"ver' };
  const part = { [`partial/${id}.part`]: file };
  const inboxFile = { [`inbox/${id}.file`]: file };
  const keptFile = { [`${kept}/${id}.file`]: file };
  const inEnvelope = (text: string): Record<string, string> => ({ [`inbox/${id}.json`]: text });
  const keptEnvelope = { [`${kept}/${id}.json`]: envelope };
  const bothDamaged = [`damaged/${id}.file`, `damaged/${id}.json`];
  const bothKept = [`${kept}/${id}.file`, `${kept}/${id}.json`];

  interface State {
    readonly what: string;
    readonly before: Readonly<Record<string, string>>;
    readonly after: readonly string[];
    readonly sealed?: number;
  }
  test.each<State>([
    { what: 'a file just begun', before: { [`partial/${id}.part`]: '' }, after: [`partial/${id}.part`] },
    { what: 'a whole file not yet moved', before: part, after: [`partial/${id}.part`] },
    { what: 'a draft of the envelope', before: { ...part, ...draft }, after: [`partial/${id}.part`] },
    { what: 'a file without its envelope', before: { ...inboxFile, ...draft }, after: [] },
    {
      what: 'a sealed file',
      before: { ...inboxFile, ...inEnvelope(envelope) },
      after: [`inbox/${id}.file`, `inbox/${id}.json`],
      sealed: 1,
    },
    {
      what: 'a sealed file, half moved',
      before: { ...keptFile, ...inEnvelope(envelope) },
      after: [`inbox/${id}.json`, `${kept}/${id}.file`],
      sealed: 1,
    },
    { what: 'a sealed file, half moved the other way', before: { ...inboxFile, ...keptEnvelope }, after: bothKept },
    { what: 'a kept file', before: { ...keptFile, ...keptEnvelope }, after: bothKept },
    { what: 'an envelope without a file', before: inEnvelope(envelope), after: [`damaged/${id}.json`] },
    { what: 'an empty envelope', before: { ...inboxFile, ...inEnvelope('') }, after: bothDamaged },
    {
      what: 'an envelope of another file',
      before: { ...inboxFile, ...inEnvelope(envelope.replace(id, newJobId())) },
      after: bothDamaged,
    },
    {
      what: 'an envelope that lacks a field',
      before: { ...inboxFile, ...inEnvelope(envelope.replace('feedId', 'food')) },
      after: bothDamaged,
    },
    {
      what: 'what is not ours',
      before: { 'inbox/notes.file': 'x', 'inbox/notes.json': '{}' },
      after: ['inbox/notes.file', 'inbox/notes.json'],
    },
  ])('$what', async ({ before, after, sealed = 0 }) => {
    for (const [path, text] of Object.entries(before)) {
      await mkdir(dirname(join(work.path, path)), { recursive: true });
      await writeFile(join(work.path, path), text);
    }
    const staging = await work.open();
    expect(await work.files()).toEqual([...after].sort());
    expect(await staging.sealed()).toHaveLength(sealed);
    const isDamaged = after.some((path) => path.startsWith('damaged/'));
    await new Promise(setImmediate);
    expect(work.lines().some((line) => line['level'] === 'error')).toBe(isDamaged);
    if (sealed === 0 && !after.some((path) => path.startsWith('kept/'))) await sealOne(staging, id);
  });

  test('an envelope that is damaged while the area is open is set aside too', async () => {
    const staging = await work.open();
    const [good, bad] = [await sealOne(staging), await sealOne(staging)];
    await writeFile(join(work.path, `inbox/${bad}.json`), 'null');
    expect((await staging.sealed()).map((found) => found.jobId)).toEqual([good]);
    expect((await work.files()).filter((path) => path.startsWith('damaged/'))).toHaveLength(2);
  });
});
