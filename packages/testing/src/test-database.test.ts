import { expect, test } from '@jest/globals';
import { testDatabase } from './test-database.ts';

const database = testDatabase();

test('a test file has a migrated database of its own', async () => {
  const { rows } = await database.db.knex.raw<{ rows: { name: string }[] }>('SELECT name FROM schema_migrations ORDER BY id');
  expect(rows.length).toBeGreaterThan(0);
  expect(new URL(database.url).pathname).toMatch(/^\/rosterport_[0-9a-f]{16}$/);
});
