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

function textOf({ buffer, byteOffset }: DataView, start: number, end: number): string {
  return Buffer.from(buffer, byteOffset + start, end - start).toString();
}

async function read(sql: string): Promise<string> {
  const rows: string[] = [];
  await copyOut(client, `copy (${sql}) to stdout`, (view, start, end) => rows.push(textOf(view, start, end)));
  expect(rows.every((row) => row.endsWith('\n') && row.split('\n').length === 2)).toBe(true);
  return rows.join('');
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
  ['rows longer than what comes at once', `select repeat('é', n * 100000) from generate_series(1, 3) n`, () => [1, 2, 3].map((times) => `${'é'.repeat(times * 100_000)}\n`).join('')],
  ['long rows among short ones', `select repeat('ö', n * n) from generate_series(1, 120) n`, () => Array.from({ length: 120 }, (_, index) => `${'ö'.repeat((index + 1) ** 2)}\n`).join('')],
])('hands over the rows of %s', async (_what, sql, expected) => {
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

test('whoever throws is handed nothing more, and gets the connection back', async () => {
  const taken: string[] = [];
  const reading = copyOut(client, 'copy (select n from generate_series(1, 100000) n) to stdout', (view, start, end) => {
    taken.push(textOf(view, start, end));
    if (taken.length === 2) throw new RangeError('enough');
  });
  await expect(reading).rejects.toThrow(new RangeError('enough'));
  expect(taken).toEqual(['1\n', '2\n']);
  await expectUsable();
});

test('a server that goes away is told', async () => {
  const other = await openDatabase({ url: clone.url, poolSize: 1 });
  const lost = await other.pool.connect();
  lost.on('error', () => undefined);
  let killing: Promise<unknown> | undefined;
  try {
    const { rows } = await lost.query<{ pid: number }>('select pg_backend_pid() as pid');
    const reading = copyOut(lost, 'copy (select n, pg_sleep(0.001 * (n % 2)) from generate_series(1, 1000000) n) to stdout', () => {
      killing ??= client.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    });
    await expect(reading).rejects.toThrow();
    await killing;
  } finally {
    lost.release(true);
    await other.close();
  }
});
