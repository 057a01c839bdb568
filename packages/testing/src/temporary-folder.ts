import { mkdtempSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/**
 * Makes an empty folder that only this user can read, and removes it with all that is in it after the tests. Call it at the
 * top of a test file or of a `describe`. Returns the real path.
 */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'rosterport-test-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
