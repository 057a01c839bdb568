import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { runningEmbedded } from './running-embedded.ts';
import { startEmbedded } from './start-embedded.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rosterport-embedded-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const start = (path = folder): Promise<unknown> => startEmbedded({ folder: path, log: () => undefined });

async function putInData(name: string, text: string): Promise<void> {
  await mkdir(join(folder, 'data'));
  await writeFile(join(folder, 'data', name), text);
}

test('a folder that cannot be made is unusable', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(start(join(folder, 'file', 'below'))).rejects.toMatchObject({ code: 'dataFolderUnusable' });
  await expect(start(join(folder, 'file'))).rejects.toMatchObject({ code: 'dataFolderUnusable' });
});

test('data of another major version is left alone', async () => {
  await putInData('PG_VERSION', '12\n');
  await expect(start()).rejects.toThrow(/made by PostgreSQL 12, and this is PostgreSQL \d+/);
  expect(await readFile(join(folder, 'data', 'PG_VERSION'), 'utf8')).toBe('12\n');
});

test('somebody else’s folder is left alone', async () => {
  await putInData('thesis.txt', 'all of it');
  await expect(start()).rejects.toMatchObject({ code: 'databaseBroken' });
  expect(await readFile(join(folder, 'data', 'thesis.txt'), 'utf8')).toBe('all of it');
});

test('data without its password is broken', async () => {
  const { version } = await import('./binary-package.ts').then(({ binaryPackage }) => binaryPackage());
  await putInData('PG_VERSION', version.split('.')[0]!);
  await expect(start()).rejects.toThrow(/its password, the file .*secret, is gone/);
});

test('a setting that the server refuses is told in its own words', async () => {
  const wrong = startEmbedded({ folder, log: () => undefined, extraSettings: { shared_buffers: 'much' } });
  await expect(wrong).rejects.toMatchObject({ code: 'databaseBroken', message: expect.stringContaining('"shared_buffers": "much"') as unknown });
});

test('nothing runs where nothing is', async () => {
  expect(await runningEmbedded(folder)).toBeNull();
  expect(await runningEmbedded(join(folder, 'missing'))).toBeNull();
});
