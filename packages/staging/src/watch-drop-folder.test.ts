import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Failure } from '@rosterport/domain';
import { execFileSync } from 'node:child_process';
import { access, appendFile, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DropArrival } from './drop-arrival.ts';
import { until, workFolder, type WorkFolder } from './test/work-folder.ts';
import { watchDropFolder, type DropFolderOptions, type DropFolderWatch } from './watch-drop-folder.ts';

let work: WorkFolder;
let watches: DropFolderWatch[];
beforeEach(async () => {
  work = await workFolder();
  watches = [];
  await mkdir(join(work.path, 'acme'));
});
afterEach(async () => {
  for (const watch of watches) await watch.close();
  await work.clear();
});

/** Watches the folder, and takes every arrival whole unless told otherwise. */
async function watchIt(options: Partial<DropFolderOptions> = {}): Promise<{ seen: DropArrival[]; texts: string[] }> {
  const seen: DropArrival[] = [];
  const texts: string[] = [];
  const watch = await watchDropFolder({
    folder: work.path,
    settleSeconds: 0.15,
    sweepEverySeconds: 0.1,
    log: work.log,
    ...options,
    async onArrival(arrival) {
      seen.push(arrival);
      await options.onArrival?.(arrival);
      texts.push(await textOf(arrival));
    },
  });
  watches.push(watch);
  return { seen, texts };
}

async function textOf(arrival: DropArrival): Promise<string> {
  let text = '';
  for await (const chunk of arrival.stream()) text += Buffer.from(chunk).toString('utf8');
  return text;
}

function inAcme(name: string): string {
  return join(work.path, 'acme', name);
}

describe('a dropped file', () => {
  test('is taken once with its account and name, and removed', async () => {
    await writeFile(inAcme('old.csv'), 'was here before');
    const { seen, texts } = await watchIt();
    await until(() => seen.length === 1);
    await writeFile(inAcme('people.csv'), 'a;b\n');
    await until(async () => (await work.files()).length === 0);
    expect(texts).toEqual(['was here before', 'a;b\n']);
    expect(seen[1]).toMatchObject({ account: 'acme', fileName: 'people.csv', path: inAcme('people.csv'), size: 4 });
    expect(seen[1]?.arrivalId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(seen[0]?.arrivalId).not.toBe(seen[1]?.arrivalId);
  });

  test('is taken in the folder of an account that was made while it watches', async () => {
    const { seen } = await watchIt();
    await mkdir(join(work.path, 'globex'));
    await writeFile(join(work.path, 'globex', 'x.csv'), 'x');
    await until(() => seen.length === 1);
    expect(seen[0]?.account).toBe('globex');
  });

  test('waits until nobody has written to it for a while', async () => {
    const { texts } = await watchIt({ settleSeconds: 3 });
    for (let part = 0; part < 5; part += 1) {
      await appendFile(inAcme('slow.csv'), 'x');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await until(() => texts.length === 1);
    expect(texts).toEqual(['x'.repeat(5)]);
  });

  test('keeps its id when taking it was cut off, so that it never becomes two jobs', async () => {
    await writeFile(inAcme('people.csv'), 'a;b\n');
    const first: string[] = [];
    const watch = await watchDropFolder({
      folder: work.path,
      settleSeconds: 0,
      sweepEverySeconds: 100,
      log: work.log,
      onArrival: (arrival) => {
        first.push(arrival.arrivalId);
        return Promise.reject(new Failure('stopping'));
      },
    });
    await until(() => first.length === 1);
    await watch.close();
    const { seen } = await watchIt({ onArrival: () => Promise.reject(new Failure('uploadExists')) });
    await until(async () => (await work.files()).length === 0);
    expect(seen.map((arrival) => arrival.arrivalId)).toEqual(first);
  });

  test('is another one when it comes again with the same bytes', async () => {
    const { seen } = await watchIt();
    for (const count of [1, 2]) {
      await writeFile(inAcme('people.csv'), 'a;b\n');
      await until(async () => seen.length === count && (await work.files()).length === 0);
    }
    expect(seen[0]?.arrivalId).not.toBe(seen[1]?.arrivalId);
  });

  test('is tried again after a failure that may pass, and after an unknown one', async () => {
    await writeFile(inAcme('people.csv'), 'a;b\n');
    const failures = [new Failure('databaseUnavailable'), new Error('odd')];
    const { seen, texts } = await watchIt({
      onArrival: () => {
        const failure = failures.shift();
        return failure === undefined ? Promise.resolve() : Promise.reject(failure);
      },
    });
    await until(async () => (await work.files()).length === 0);
    expect(texts).toEqual(['a;b\n']);
    expect(seen).toHaveLength(3);
  });

  test('stays when somebody wrote to it after it was read, and is taken again', async () => {
    await writeFile(inAcme('people.csv'), 'first');
    const path = inAcme('people.csv');
    let isFirst = true;
    const taken: string[] = [];
    const watch = await watchDropFolder({
      folder: work.path,
      settleSeconds: 0.1,
      sweepEverySeconds: 0.1,
      log: work.log,
      onArrival: async (arrival) => {
        taken.push(await textOf(arrival));
        if (isFirst) await writeFile(path, 'second');
        isFirst = false;
      },
    });
    watches.push(watch);
    await until(async () => (await work.files()).length === 0);
    expect(taken).toEqual(['first', 'second']);
  });

  test('cannot be swapped for a link while it is being taken', async () => {
    await writeFile(inAcme('people.csv'), 'mine');
    await writeFile(join(work.path, 'secret'), 'not yours');
    const { texts, seen } = await watchIt({
      onArrival: async (arrival) => {
        await rm(arrival.path);
        await symlink(join(work.path, 'secret'), arrival.path);
      },
    });
    await until(() => seen.length === 1);
    await watches[0]?.close();
    expect(texts).toEqual([]);
    expect(await readFile(join(work.path, 'secret'), 'utf8')).toBe('not yours');
  });

  test('cannot be swapped for another file while it is being taken', async () => {
    await writeFile(inAcme('people.csv'), 'mine');
    await writeFile(join(work.path, 'other'), 'also');
    const errors: unknown[] = [];
    const watch = await watchDropFolder({
      folder: work.path,
      settleSeconds: 0,
      sweepEverySeconds: 100,
      log: work.log,
      onArrival: async (arrival) => {
        if (errors.length > 0) return;
        await rename(join(work.path, 'other'), arrival.path);
        await textOf(arrival).catch((error: unknown) => errors.push((error as Failure).code));
        throw new Failure('uploadIncomplete');
      },
    });
    watches.push(watch);
    await until(() => errors.length === 1);
    expect(errors).toEqual(['uploadIncomplete']);
  });
});

describe('a refused file', () => {
  const refuse = (): Promise<void> => Promise.reject(new Failure('fileTooLarge', { values: { limit: 10 } }));

  test('is moved aside with the reason beside it, and an earlier one of its name stays', async () => {
    await mkdir(inAcme('refused'));
    await writeFile(inAcme('refused/big.csv'), 'earlier');
    await writeFile(inAcme('big.csv'), 'later');
    const { seen } = await watchIt({ onArrival: refuse });
    await until(() => seen.length === 1);
    const name = `${seen[0]?.arrivalId ?? ''} big.csv`;
    await until(async () => (await work.files()).length === 3 && !(await exists(inAcme('big.csv'))));
    expect(await work.files()).toEqual(['acme/refused/big.csv', `acme/refused/${name}`, `acme/refused/${name}.txt`].sort());
    expect(await readFile(inAcme('refused/big.csv'), 'utf8')).toBe('earlier');
    expect(await readFile(inAcme(`refused/${name}`), 'utf8')).toBe('later');
    expect(await readFile(inAcme(`refused/${name}.txt`), 'utf8')).toMatch(/^The file is larger than the 10 bytes/);
    expect(seen).toHaveLength(1);
  });

  test('gets a shorter name when its own leaves no room for the reason', async () => {
    await writeFile(inAcme('x'.repeat(255)), 'x');
    const { seen } = await watchIt({ onArrival: refuse });
    await until(async () => (await work.files()).length === 2 && !(await exists(inAcme('x'.repeat(255)))));
    const name = seen[0]?.arrivalId ?? '';
    expect(await work.files()).toEqual([`acme/refused/${name}`, `acme/refused/${name}.txt`]);
  });

  test('with a name that cannot be used is never offered', async () => {
    await writeFile(inAcme('a\nb.csv'), 'x');
    const { seen } = await watchIt();
    await until(() => exists(inAcme('refused/a\nb.csv')));
    expect(await readFile(inAcme('refused/a\nb.csv.txt'), 'utf8')).toContain('control character');
    expect(seen).toEqual([]);
  });

  test('stays where it is when the folder for it leads elsewhere', async () => {
    await mkdir(join(work.path, '.elsewhere'));
    await symlink(join(work.path, '.elsewhere'), inAcme('refused'));
    await writeFile(inAcme('big.csv'), 'x');
    const { seen } = await watchIt({ onArrival: refuse });
    await until(() => seen.length >= 2);
    expect(await work.files()).toEqual(['acme/big.csv']);
  });
});

test('folders are looked into as they are used: for files, or for folders alone', async () => {
  for (const name of ['full', 'feeds/hr/full', 'feeds/hr/refused', 'other']) await mkdir(inAcme(name), { recursive: true });
  const names = ['a.csv', 'full/b.csv', 'feeds/hr/c.csv', 'feeds/hr/full/d.csv', 'feeds/e.csv', 'feeds/hr/refused/f.csv', 'other/g.csv'];
  for (const name of names) await writeFile(inAcme(name), 'x');
  const used = /^\/(?:feeds\/hr|(?:feeds\/hr\/)?full)$/;
  const { seen } = await watchIt({ useOf: (path) => (path === '/feeds' ? 'folders' : used.test(path) ? 'files' : null) });
  await until(() => seen.length === 4);
  await until(async () => (await work.files()).length === 3);
  expect(seen.map((arrival) => `${arrival.folder} ${arrival.fileName}`).sort()).toEqual(['/ a.csv', '/feeds/hr c.csv', '/feeds/hr/full d.csv', '/full b.csv']);
  expect(await work.files()).toEqual(['acme/feeds/e.csv', 'acme/feeds/hr/refused/f.csv', 'acme/other/g.csv']);
});

test('what is not a whole file of an account is left alone', async () => {
  await writeFile(join(work.path, 'top.csv'), 'x');
  await mkdir(inAcme('sub'));
  await mkdir(join(work.path, '.hidden'));
  const left = ['.hidden.csv', 'x.part', 'x.filepart', 'x.tmp', 'x~', '.in.x.csv.', 'x.swp', 'x.PARTIAL', 'sub/x.csv'];
  for (const name of left) await writeFile(inAcme(name), 'x');
  await writeFile(join(work.path, '.hidden', 'x.csv'), 'x');
  await symlink(join(work.path, 'top.csv'), inAcme('link.csv'));
  await symlink(inAcme('sub'), join(work.path, 'linked-account'));
  execFileSync('mkfifo', [inAcme('pipe.csv')]);
  const before = await work.files();
  const { seen } = await watchIt();
  await writeFile(inAcme('last.csv'), 'x');
  await until(async () => seen.length > 0 && !(await exists(inAcme('last.csv'))));
  await watches[0]?.close();
  expect(seen.map((arrival) => arrival.fileName)).toEqual(['last.csv']);
  expect(await work.files()).toEqual(before);
  await until(() => work.lines().some((line) => line['level'] === 'warn'));
  const warnings = work.lines().filter((line) => line['level'] === 'warn');
  expect(warnings).toHaveLength(1);
  expect(JSON.stringify(warnings)).not.toContain('sub');
});

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
