import { Failure, isFailure } from '@rosterport/domain';

/** The system's code of an error, such as `ENOENT`; `undefined` when it has none. */
export function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}

/** What to tell a sender when the disk refused: `storageFull` when there is no room, else `unexpected`. */
export function diskFailure(error: unknown): Failure {
  if (isFailure(error)) return error;
  const full = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(errorCode(error) ?? '');
  return new Failure(full ? 'storageFull' : 'unexpected', { cause: error });
}
