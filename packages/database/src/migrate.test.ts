import { expect, test } from '@jest/globals';
import { openDatabase } from './database.ts';
import { applyMigrations, migrate } from './migrate.ts';
import { migrations } from './migrations.ts';
import { emptyTestDatabase } from './testing/empty-test-database.ts';

const at = emptyTestDatabase();

const names = migrations.map(({ name }) => name);

test('names are numbered in order', () => {
  expect(names.map((name) => name.slice(0, 5))).toEqual(names.map((_name, index) => `${String(index + 1).padStart(4, '0')}-`));
});

test('all steps are applied once', async () => {
  expect(await migrate(at.db)).toEqual(names);
  expect(await migrate(at.db)).toEqual([]);
});

test('of those who migrate at once, one does it', async () => {
  const other = await openDatabase({ url: at.url });
  const applied = await Promise.all([migrate(at.db), migrate(other), migrate(at.db)]).finally(() => other.close());
  expect(applied.flat()).toEqual(names);
});

const first = { name: '0001-first', up: "CREATE TABLE one (a text); INSERT INTO one VALUES ('what?'), ('??')" };

test('a question mark in the SQL is a question mark', async () => {
  await applyMigrations(at.db, [first]);
  expect(await at.db.knex('one').pluck('a')).toEqual(['what?', '??']);
});

test('a step that breaks leaves the schema as it was', async () => {
  const broken = { name: '0002-broken', up: 'CREATE TABLE two (a text); SELECT nonsense' };
  await expect(applyMigrations(at.db, [first, broken])).rejects.toMatchObject({ code: '42703' });
  expect(await at.db.knex.schema.hasTable('one')).toBe(false);
  expect(await applyMigrations(at.db, [first])).toEqual(['0001-first']);
});

test('a database that knows a later step is left alone', async () => {
  await applyMigrations(at.db, [first, { name: '0002-later', up: 'CREATE TABLE two (a text)' }]);
  await expect(applyMigrations(at.db, [first])).rejects.toThrow('0002-later');
});
