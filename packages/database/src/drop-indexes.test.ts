import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { emptyDatabase, type Clone } from './clone-database.ts';
import { openDatabase, type Database } from './database.ts';
import { dropIndexes } from './drop-indexes.ts';
import { withClient } from './with-client.ts';

let clone: Clone;
let db: Database;
beforeAll(async () => {
  clone = await emptyDatabase(process.env['ROSTERPORT_TEST_DATABASE']!);
  db = await openDatabase({ url: clone.url });
});
afterAll(async () => {
  await db.close();
  await clone.drop();
});

const tables = `
  create table one (
    id int primary key, code text unique, place text, "from" int, span int4range,
    constraint "odd name" unique (code, place) deferrable initially deferred, exclude using gist (span with &&));
  create index by_place on one (lower(place), id desc) include (code) where place is not null;
  create index by_order on one ("from");
  create table two (code text references one (code));
  create index of_two on two (code);
  alter table one cluster on by_order;`;

test('indexes of a table go and come back as they were, but for those that something relies on', async () => {
  await withClient(db, async (client) => {
    await client.query(tables);
    const names = async (): Promise<readonly unknown[]> =>
      (await client.query<Record<string, string>>(`select indexdef from pg_indexes where schemaname = 'public' order by indexname`)).rows;
    const constraints = async (): Promise<readonly unknown[]> =>
      (await client.query<Record<string, string>>(`select conname, pg_get_constraintdef(oid) from pg_constraint where conrelid = 'one'::regclass order by 1`)).rows;
    const before = [await names(), await constraints()];
    await client.query('begin');
    const makeAgain = await dropIndexes(client, ['one']);
    const { rows } = await client.query<{ name: string }>(`select indexname as name from pg_indexes where schemaname = 'public' order by 1`);
    expect(rows.map(({ name }) => name)).toEqual(['by_order', 'of_two', 'one_code_key']);
    await client.query(`insert into one select n, n, 'p', n, int4range(n, n + 1) from generate_series(1, 3) n`);
    for (const statement of makeAgain) await client.query(statement);
    await client.query('commit');
    expect([await names(), await constraints()]).toEqual(before);
    await expect(client.query(`insert into one values (3, 'x')`)).rejects.toMatchObject({ code: '23505' });
  });
});
