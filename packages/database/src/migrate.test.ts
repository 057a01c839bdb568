import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { emptyDatabase, type Clone } from './clone-database.ts';
import { openDatabase, type Database } from './database.ts';
import { applyMigrations, migrate } from './migrate.ts';
import { migrations } from './migrations.ts';

let clone: Clone;
let db: Database;
beforeEach(async () => {
  clone = await emptyDatabase(process.env['ROSTERPORT_TEST_DATABASE']!);
  db = await openDatabase({ url: clone.url, poolSize: 4 });
});
afterEach(async () => {
  await db.close();
  await clone.drop();
});

const names = migrations.map(({ name }) => name);

test('names are numbered in order', () => {
  expect(names.map((name) => name.slice(0, 5))).toEqual(names.map((_name, index) => `${String(index + 1).padStart(4, '0')}-`));
});

test('all steps are applied once', async () => {
  expect(await migrate(db)).toEqual(names);
  expect(await migrate(db)).toEqual([]);
});

test('of those who migrate at once, one does it', async () => {
  const other = await openDatabase({ url: clone.url });
  const applied = await Promise.all([migrate(db), migrate(other), migrate(db)]).finally(() => other.close());
  expect(applied.flat()).toEqual(names);
});

const first = { name: '0001-first', up: "CREATE TABLE one (a text); INSERT INTO one VALUES ('what?'), ('??')" };

test('a question mark in the SQL is a question mark', async () => {
  await applyMigrations(db, [first]);
  expect(await db.knex('one').pluck('a')).toEqual(['what?', '??']);
});

test('a step that breaks leaves the schema as it was', async () => {
  const broken = { name: '0002-broken', up: 'CREATE TABLE two (a text); SELECT nonsense' };
  await expect(applyMigrations(db, [first, broken])).rejects.toMatchObject({ code: '42703' });
  expect(await db.knex.schema.hasTable('one')).toBe(false);
  expect(await applyMigrations(db, [first])).toEqual(['0001-first']);
});

test('a database that knows a later step is left alone', async () => {
  await applyMigrations(db, [first, { name: '0002-later', up: 'CREATE TABLE two (a text)' }]);
  await expect(applyMigrations(db, [first])).rejects.toThrow('0002-later');
});
