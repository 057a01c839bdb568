import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cloneDatabase, type Clone } from './clone-database.ts';
import { copyIn } from './copy-in.ts';
import { openDatabase, type Database } from './database.ts';
import { preparing } from './preparing-client.ts';
import { withClient } from './with-client.ts';

let clone: Clone;
let db: Database;
beforeAll(async () => {
  clone = await cloneDatabase(process.env['ROSTERPORT_TEST_DATABASE']!);
  db = await openDatabase({ url: clone.url, poolSize: 1 });
  await db.knex.raw('create table notes (id int, text text)');
});
afterAll(async () => {
  await db.close();
  await clone.drop();
});

test('a statement that comes again is prepared once, and gives what it gives unprepared', async () => {
  const prepared = await withClient(db, async (client) => {
    const face = preparing(client);
    await face.query('begin');
    for (const id of [1, 2]) await face.query('insert into notes values ($1, $2)', [id, `note ${id}`]);
    await copyIn(face, 'copy notes from stdin', ['3\tnote 3\n']);
    for (const id of [1, 2, 3]) {
      const { rows, rowCount } = await face.query('select text from notes where id = $1', [id]);
      expect([rows, rowCount]).toEqual([[{ text: `note ${id}` }], 1]);
    }
    await face.query("update notes set text = 'a;b' where id = 1; delete from notes where id = 2");
    await face.query('commit');
    const { rows } = await client.query<{ statement: string }>('select statement from pg_prepared_statements order by prepare_time');
    return rows.map(({ statement }) => statement);
  });
  expect(prepared).toEqual(['insert into notes values ($1, $2)', 'select text from notes where id = $1']);
  expect(await db.knex('notes').orderBy('id').pluck('text')).toEqual(['a;b', 'note 3']);
});

test('a connection that comes again knows its statements, also when their table was made anew', async () => {
  const first = await db.pool.connect();
  await preparing(first).query('select count(*)::int from notes');
  first.release();
  await db.knex.raw('drop table notes; create table notes (text text)');
  const again = await db.pool.connect();
  expect((await preparing(again).query<{ count: number }>('select count(*)::int from notes')).rows).toEqual([{ count: 0 }]);
  again.release();
});
