import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { PoolClient } from 'pg';
import { cloneDatabase, type Clone } from './clone-database.ts';
import { copyIn, type CopyData } from './copy-in.ts';
import { openDatabase, type Database } from './database.ts';

let clone: Clone;
let db: Database;
let client: PoolClient;
beforeAll(async () => {
  clone = await cloneDatabase(process.env['ROSTERPORT_TEST_DATABASE']!);
  db = await openDatabase({ url: clone.url, poolSize: 1 });
  client = await db.pool.connect();
  await client.query('CREATE TABLE numbers (number int)');
});
beforeEach(async () => {
  await client.query('TRUNCATE numbers');
});
afterAll(async () => {
  client.release();
  await db.close();
  await clone.drop();
});

const sql = 'COPY numbers FROM STDIN';

async function sum(): Promise<string | null> {
  const { rows } = await client.query<{ sum: string | null }>('SELECT sum(number) FROM numbers');
  return rows[0]!.sum;
}

function* count(to: number): Generator<string> {
  for (let number = 1; number <= to; number++) {
    yield `${number}\n`;
  }
}

async function* later<T>(pieces: Iterable<T>): AsyncGenerator<T> {
  for (const piece of pieces) {
    await Promise.resolve();
    yield piece;
  }
}

test.each<{ name: string; lines: CopyData; rows: number; total: string | null }>([
  { name: 'nothing', lines: [], rows: 0, total: null },
  { name: 'an array', lines: ['1\n', '2\n'], rows: 2, total: '3' },
  { name: 'pieces cut anywhere', lines: ['1\n2', '', '3', Buffer.from('\n4'), Buffer.from(''), '\n'], rows: 3, total: '28' },
  { name: 'many lines', lines: count(100_000), rows: 100_000, total: '5000050000' },
  { name: 'an asynchronous source', lines: later(count(1000)), rows: 1000, total: '500500' },
])('copies $name', async ({ lines, rows, total }) => {
  expect(await copyIn(client, sql, lines)).toBe(rows);
  expect(await sum()).toBe(total);
});

test.each([0, 1, 50_000])('when the data throws after %d lines nothing is kept and the connection goes on', async (lines) => {
  const fault = new Error('the file is cut off');
  function* breaking(): Generator<string> {
    yield* count(lines);
    throw fault;
  }
  await expect(copyIn(client, sql, breaking())).rejects.toBe(fault);
  expect(await sum()).toBeNull();
});

test('a refused row is the error of the server, stops the data, and the connection goes on', async () => {
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  function* wrong(): Generator<string> {
    try {
      yield* count(10);
      yield 'eleven\n';
      for (;;) {
        yield* count(100_000);
      }
    } finally {
      stop();
    }
  }
  await expect(copyIn(client, sql, wrong())).rejects.toMatchObject({ code: '22P02' });
  await stopped;
  expect(await sum()).toBeNull();
});

test('everybody else gets a turn while much is copied', async () => {
  let turns = 0;
  let going = true;
  const turn = (): void => {
    turns++;
    if (going) {
      setImmediate(turn);
    }
  };
  turn();
  await copyIn(client, sql, count(500_000));
  going = false;
  const chunks = Math.floor([...count(500_000)].join('').length / 65_536);
  expect(turns).toBeGreaterThan(chunks);
});

test('SQL that is no COPY is refused', async () => {
  await expect(copyIn(client, 'COPY nowhere FROM STDIN', count(3))).rejects.toMatchObject({ code: '42P01' });
  expect(await sum()).toBeNull();
});
