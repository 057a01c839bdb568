import { afterEach, beforeEach } from '@jest/globals';
import { emptyDatabase, type Clone } from '../clone-database.ts';
import { openDatabase, type Database } from '../database.ts';

/** Gives each test of a file a database of its own without any table; call it at the top, and read it within tests. */
export function emptyTestDatabase(): { readonly db: Database; readonly url: string } {
  let clone: Clone;
  let db: Database;
  beforeEach(async () => {
    clone = await emptyDatabase(process.env['ROSTERPORT_TEST_DATABASE'] ?? '');
    db = await openDatabase({ url: clone.url, poolSize: 4 });
  });
  afterEach(async () => {
    await db.close();
    await clone.drop();
  });
  return {
    get db() {
      return db;
    },
    get url() {
      return clone.url;
    },
  };
}
