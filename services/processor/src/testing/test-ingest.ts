import { afterEach, beforeEach } from '@jest/globals';
import { temporaryFolder, testDatabase, type TestDatabase } from '@rosterport/testing';
import { openIngest, type Ingest } from './ingest.ts';

/** An ingest for each test, and what it stands on. */
export interface TestIngest {
  readonly at: TestDatabase;
  readonly folder: string;
  /** That of the test that is running. */
  readonly ingest: Ingest;
}

/** Gives each test of a file a tenant in an empty directory; call it at the top. */
export function testIngest(): TestIngest {
  const at = testDatabase();
  const folder = temporaryFolder();
  let ingest: Ingest | undefined;
  beforeEach(async () => {
    await at.db.pool.query('truncate tenants, users, groups, memberships, manager_facts, claims, journal, row_results cascade');
    ingest = await openIngest({ database: at.db, folder });
  });
  afterEach(() => ingest?.close());
  return {
    at,
    folder,
    get ingest() {
      if (ingest === undefined) throw new Error('The ingest is there while a test runs.');
      return ingest;
    },
  };
}
