import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDatabase, type Database } from '../database.ts';
import { installBinaries } from './binaries.ts';
import { launch } from './launch.ts';
import { isServerOn } from './postmaster-file.ts';
import { runningEmbedded } from './running-embedded.ts';
import { serverUser } from './server-user.ts';
import { startEmbedded } from './start-embedded.ts';

/** The folder above is closed to everybody else, as `/root` is, and so is every folder that mkdtemp makes. */
let closed: string;
let folder: string;
beforeAll(async () => {
  closed = await mkdtemp(join(tmpdir(), 'rosterport-embedded-'));
  folder = join(closed, 'deep', 'database');
});
afterAll(() => rm(closed, { recursive: true, force: true }));

const log = (): void => undefined;

async function onServer<T>(url: string, work: (db: Database) => PromiseLike<T>): Promise<T> {
  const db = await openDatabase({ url, poolSize: 1 });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

const words = (url: string): Promise<string[]> => onServer(url, (db) => db.knex('words').orderBy('word').pluck('word') as Promise<string[]>);

const say = (url: string, word: string): Promise<unknown> => onServer(url, (db) => db.knex('words').insert({ word }));

test('what was written is there after a stop and a start, and after leftovers of a killed first start', async () => {
  await mkdir(join(folder, 'data.partial', 'base'), { recursive: true });
  await writeFile(join(folder, 'password.partial'), 'old');
  const first = await startEmbedded({ folder, log });
  await onServer(first.url, (db) => db.knex.raw('CREATE TABLE words (word text)'));
  await say(first.url, 'kept');
  expect(await runningEmbedded(folder)).toBe(first.url);
  await first.stop();
  await first.exited;
  expect(await runningEmbedded(folder)).toBeNull();

  const second = await startEmbedded({ folder, log, extraSettings: { work_mem: '5MB' } });
  expect(await words(second.url)).toEqual(['kept']);
  const { rows } = await onServer(second.url, (db) => db.knex.raw<{ rows: unknown[] }>('SHOW work_mem'));
  expect(rows).toEqual([{ work_mem: '5MB' }]);
  await Promise.all([second.stop(), second.stop()]);
  expect((await readdir(folder)).filter((name) => name.endsWith('.partial'))).toEqual([]);
});

test('it listens on 127.0.0.1 only, asks for the password, and the password is ours alone', async () => {
  const server = await startEmbedded({ folder, log });
  const url = new URL(server.url);
  expect(url.hostname).toBe('127.0.0.1');
  url.password = 'guess';
  await expect(openDatabase({ url: url.href })).rejects.toMatchObject({ code: 'databaseUnavailable' });
  expect((await stat(join(folder, 'secret'))).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700);
  const settings = 'listen_addresses unix_socket_directories fsync jit wal_level'.split(' ');
  const { rows } = await onServer(server.url, (db) =>
    db.knex.raw<{ rows: { setting: string }[] }>('SELECT setting FROM pg_settings WHERE name = ANY(?) ORDER BY name', [settings]));
  expect(rows.map(({ setting }) => setting)).toEqual(['on', 'off', '127.0.0.1', '', 'minimal']);
  await server.stop();
});

test('it never runs as root', async () => {
  const server = await startEmbedded({ folder, log });
  const user = await serverUser(join(folder, 'data'));
  expect(user?.uid).not.toBe(0);
  const owner = (await stat(join(folder, 'data'))).uid;
  expect(owner).toBe(user?.uid ?? process.getuid?.());
  if (process.platform === 'linux') {
    expect((await stat(`/proc/${server.pid}`)).uid).toBe(owner);
  }
  await server.stop();
});

test('statements and values do not reach its log', async () => {
  const server = await startEmbedded({ folder, log });
  await onServer(server.url, (db) => db.knex.raw('CREATE UNIQUE INDEX once ON words (word)'));
  await expect(say(server.url, 'kept')).rejects.toMatchObject({ code: '23505' });
  await server.stop();
  const written = await readFile(join(folder, 'postgres.log'), 'utf8');
  expect(written).toContain('duplicate key value');
  expect(written).not.toContain('kept');
});

const childPath = fileURLToPath(new URL('./embedded-child.mjs', import.meta.url));

interface Child {
  readonly url: string;
  readonly pid: number;
  kill(): Promise<void>;
}

async function startChild(): Promise<Child> {
  const child = spawn(process.execPath, ['--conditions=source', childPath, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const line = await Promise.race([once(child.stdout, 'data').then(([data]) => String(data)), ended.then(() => 'null')]);
  const { url, pid } = JSON.parse(line) as { url: string; pid: number };
  return { url, pid, kill: () => (child.kill('SIGKILL'), ended.then(() => undefined)) };
}

async function untilGone(pid: number): Promise<void> {
  while (await isServerOn(join(folder, 'data'), pid)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('a process that is killed takes its server along, and the next start has all that was committed', async () => {
  const child = await startChild();
  await say(child.url, 'said before the kill');
  await child.kill();
  await untilGone(child.pid);
  const server = await startEmbedded({ folder, log });
  expect(await words(server.url)).toEqual(['kept', 'said before the kill']);
  await server.stop();
});

test('a start at once after the kill does as well', async () => {
  const child = await startChild();
  await say(child.url, 'said shortly before');
  await child.kill();
  const server = await startEmbedded({ folder, log });
  expect(await words(server.url)).toEqual(['kept', 'said before the kill', 'said shortly before']);
  await server.stop();
});

test('a server that was left running is stopped first', async () => {
  const user = await serverUser(join(folder, 'data'));
  const binaries = await installBinaries(folder, user !== null);
  const orphan = await launch({ folder, binaries, user, settings: {} });
  const told: string[] = [];
  const server = await startEmbedded({ folder, log: (message) => told.push(message) });
  await orphan.exited;
  expect(told).toContain('Stopping the PostgreSQL that an earlier run left behind');
  expect(await words(server.url)).toHaveLength(3);
  await server.stop();
});

test('a server that was killed itself is repaired', async () => {
  const killed = await startEmbedded({ folder, log });
  await say(killed.url, 'the last word');
  process.kill(killed.pid, 'SIGKILL');
  await killed.exited;
  const server = await startEmbedded({ folder, log });
  expect(await words(server.url)).toHaveLength(4);
  await server.stop();
});

test('a pid file that names somebody else stops nobody', async () => {
  await writeFile(join(folder, 'data', 'postmaster.pid'), `${process.pid}\n${join(folder, 'data')}\n1\n1\n\n127.0.0.1\n\nready\n`);
  expect(await runningEmbedded(folder)).toBeNull();
  const server = await startEmbedded({ folder, log });
  expect(await words(server.url)).toHaveLength(4);
  await server.stop();
});

test('a log that has grown large is put aside', async () => {
  await writeFile(join(folder, 'postgres.log'), Buffer.alloc(11 * 1024 * 1024, 'x\n'));
  const server = await startEmbedded({ folder, log });
  await server.stop();
  expect((await stat(join(folder, 'postgres.log'))).size).toBeLessThan(10_000);
  expect((await stat(join(folder, 'postgres.log.1'))).size).toBe(11 * 1024 * 1024);
});

test('two servers of two folders do not disturb each other', async () => {
  const both = await Promise.all([
    startEmbedded({ folder, log }),
    startEmbedded({ folder: join(closed, 'other'), log }),
  ]);
  expect(await words(both[0].url)).toHaveLength(4);
  await expect(words(both[1].url)).rejects.toMatchObject({ code: '42P01' });
  await Promise.all(both.map((server) => server.stop()));
});
