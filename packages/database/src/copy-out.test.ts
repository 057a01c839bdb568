import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PoolClient } from 'pg';
import { cloneDatabase, type Clone } from './clone-database.ts';
import { copyOut } from './copy-out.ts';
import { openDatabase, type Database } from './database.ts';

let clone: Clone;
let db: Database;
let client: PoolClient;
beforeAll(async () => {
  clone = await cloneDatabase(process.env['ROSTERPORT_TEST_DATABASE']!);
  db = await openDatabase({ url: clone.url, poolSize: 1 });
  client = await db.pool.connect();
  await client.query(`create function loud(number int) returns int language plpgsql as $$
    begin raise notice 'at %', number; perform pg_notify('loud', number::text); return number; end $$`);
});
afterAll(async () => {
  client.release();
  await db.close();
  await clone.drop();
});

async function read(sql: string): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of copyOut(client, `copy (${sql}) to stdout`)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** The connection answers, and the answer is its own. */
async function expectUsable(): Promise<void> {
  const { rows } = await client.query<{ sum: number }>('select 40 + 2 as sum');
  expect(rows).toEqual([{ sum: 42 }]);
}

test.each<readonly [what: string, sql: string, expected: () => string]>([
  ['nothing', 'select where false', () => ''],
  ['rows without columns', 'select from generate_series(1, 3)', () => '\n\n\n'],
  ['short rows', 'select n from generate_series(1, 30000) n', () => Array.from({ length: 30_000 }, (_, index) => `${index + 1}\n`).join('')],
  ['long rows among short ones', `select repeat('ö', n * n) from generate_series(1, 120) n`, () => Array.from({ length: 120 }, (_, index) => `${'ö'.repeat((index + 1) ** 2)}\n`).join('')],
])('yields the data of %s', async (_what, sql, expected) => {
  expect(await read(sql)).toBe(expected());
  await expectUsable();
});

test('what the server says besides reaches those who listen for it', async () => {
  const heard: string[] = [];
  const hear = ({ message }: { message?: string | undefined }): void => void heard.push(message ?? '');
  const notified: string[] = [];
  const note = ({ payload }: { payload?: string | undefined }): void => void notified.push(payload ?? '');
  client.on('notice', hear).on('notification', note);
  try {
    await client.query('listen loud');
    expect(await read('select loud(n) from generate_series(1, 3) n')).toBe('1\n2\n3\n');
    await expectUsable();
    await client.query('unlisten loud');
  } finally {
    client.off('notice', hear).off('notification', note);
  }
  expect([heard, notified]).toEqual([['at 1', 'at 2', 'at 3'], ['1', '2', '3']]);
});

test.each([
  ['at once', 'select wrong', '42703'],
  ['after much data', 'select 1 / (n - 100000) from generate_series(1, 200000) n', '22012'],
])('a refusal %s is the error of the server, and the connection goes on', async (_when, sql, code) => {
  await expect(read(sql)).rejects.toMatchObject({ code });
  await expectUsable();
});

test('whoever stops reading gets the connection back', async () => {
  for await (const piece of copyOut(client, 'copy (select repeat(n::text, 10) from generate_series(1, 100000) n) to stdout')) {
    expect(piece.length).toBeGreaterThan(0);
    break;
  }
  await expectUsable();
});

test('a server that goes away is told', async () => {
  const other = await openDatabase({ url: clone.url, poolSize: 1 });
  const lost = await other.pool.connect();
  lost.on('error', () => undefined);
  try {
    const { rows } = await lost.query<{ pid: number }>('select pg_backend_pid() as pid');
    const reading = (async (): Promise<void> => {
      for await (const piece of copyOut(lost, 'copy (select n, pg_sleep(0.001 * (n % 2)) from generate_series(1, 1000000) n) to stdout')) {
        expect(piece.length).toBeGreaterThan(0);
        await client.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      }
    })();
    await expect(reading).rejects.toThrow();
  } finally {
    lost.release(true);
    await other.close();
  }
});
