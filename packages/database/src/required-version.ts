import { Failure } from '@rosterport/domain';

const oldest = 140_000;

/**
 * Fails with `databaseTooOld` for a `server_version_num` below PostgreSQL 14, or one that is no number; `name` is what the
 * server calls its version.
 */
export function requireVersion(number: number, name: string): void {
  if (!(number >= oldest)) {
    throw new Failure('databaseTooOld', { values: { version: name } });
  }
}
