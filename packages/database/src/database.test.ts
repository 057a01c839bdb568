import { createServer, type AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cloneDatabase, type Clone } from './clone-database.ts';
import { openDatabase } from './database.ts';

let clone: Clone;
beforeAll(async () => {
  clone = await cloneDatabase(process.env['ROSTERPORT_TEST_DATABASE']!);
});
afterAll(() => clone.drop());

function changed(change: (url: URL) => void): string {
  const url = new URL(clone.url);
  change(url);
  return url.href;
}

async function portWithoutServer(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

test('a database that cannot be reached, or refuses us, is unavailable', async () => {
  const port = await portWithoutServer();
  const urls = [
    changed((url) => (url.port = port)),
    changed((url) => (url.username = 'no_such_role')),
    changed((url) => (url.pathname = '/no_such_database')),
    'postgres://nobody@name.invalid/x',
  ];
  for (const url of urls) {
    await expect(openDatabase({ url })).rejects.toMatchObject({ code: 'databaseUnavailable' });
  }
});

test('queries and clients share one pool of the given size', async () => {
  const db = await openDatabase({ url: clone.url, poolSize: 3, applicationName: 'sharing' });
  const sessions = (): Promise<string | undefined> =>
    db.knex('pg_stat_activity').where({ application_name: 'sharing' }).count('* as count').first()
      .then((row) => String(row?.['count']));
  const client = await db.pool.connect();
  const slow = Array.from({ length: 6 }, () => db.knex.raw('SELECT pg_sleep(0.05)'));
  await Promise.all([...slow, sessions()]);
  expect(db.pool.totalCount).toBe(3);
  expect(await sessions()).toBe('3');
  client.release();
  await Promise.all([db.close(), db.close()]);
});

test('values come as documented, in UTC', async () => {
  const db = await openDatabase({ url: clone.url });
  const { rows } = await db.knex.raw<{ rows: unknown[] }>(`
    SELECT 9007199254740993 AS big, 1.10::numeric AS exact, 7 AS small, date '2024-02-29' AS day,
      timestamptz '2024-02-29 12:00+02' AS moment, '{"a":[1]}'::jsonb AS json, current_setting('timezone') AS zone`);
  expect(rows).toEqual([
    {
      big: '9007199254740993',
      exact: '1.10',
      small: 7,
      day: '2024-02-29',
      moment: new Date('2024-02-29T10:00:00Z'),
      json: { a: [1] },
      zone: 'UTC',
    },
  ]);
  await db.close();
});

test('closing waits for a query in hand, whichever face it came through', async () => {
  const db = await openDatabase({ url: clone.url, poolSize: 2 });
  const slow = Promise.all([db.knex.raw('SELECT pg_sleep(0.2)'), db.pool.query('SELECT pg_sleep(0.2)')]);
  await new Promise((resolve) => setImmediate(resolve));
  await db.close();
  await expect(slow).resolves.toHaveLength(2);
});

test('an inspected database does not show its password', async () => {
  const db = await openDatabase({ url: clone.url });
  const { password } = new URL(clone.url);
  expect(inspect({ db, json: JSON.stringify(db.pool.options) }, { depth: 12 })).not.toContain(password || 'none given');
  await db.close();
});

test('a connection that is cut under us breaks its query only', async () => {
  const db = await openDatabase({ url: clone.url, poolSize: 2 });
  const client = await db.pool.connect();
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const waiting = expect(client.query('SELECT pg_sleep(60)')).rejects.toMatchObject({ code: '57P01' });
  await db.knex.raw('SELECT pg_terminate_backend(?)', [rows[0]!.pid]);
  await waiting;
  client.release();
  expect(await db.healthy()).toBe(true);
  await db.close();
  expect(await db.healthy()).toBe(false);
});
