import { afterAll, beforeAll } from '@jest/globals';
import { cloneDatabase, openDatabase, type Clone, type Database } from '@rosterport/database';

/** A database for the tests of one file. */
export interface TestDatabase {
  /** Open and migrated. Can be read from `beforeAll` on. */
  readonly db: Database;
  /** For processes and pools of one's own; closing those is up to the test. */
  readonly url: string;
}

/**
 * Gives a test file, or a `describe`, a migrated and empty database that nobody else uses; call it at the top. The database
 * is a copy of the template that `global-setup.ts` makes, so jest must run in a project that names it.
 */
export function testDatabase(): TestDatabase {
  let clone: Clone | undefined;
  let db: Database | undefined;
  beforeAll(async () => {
    clone = await cloneDatabase(templateUrl());
    db = await openDatabase({ url: clone.url, applicationName: 'rosterport-test' });
  });
  afterAll(async () => {
    await db?.close();
    await clone?.drop();
  });
  return {
    get db() {
      return present(db);
    },
    get url() {
      return present(clone).url;
    },
  };
}

function templateUrl(): string {
  const url = process.env['ROSTERPORT_TEST_DATABASE'];
  if (url === undefined) {
    throw new Error('There is no test database: this project of jest lacks the globalSetup of @rosterport/testing.');
  }
  return url;
}

function present<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error('The test database is there from beforeAll on, not while the file is read.');
  }
  return value;
}
