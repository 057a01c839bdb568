import { Failure, isFailure } from '@rosterport/domain';

const unusable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']);

/** True when a file system call failed because nothing is there. */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

/**
 * What a file system error in the data folder means: `dataFolderUnusable` or `storageFull`. Failures and all other errors
 * are returned as they are.
 */
export function folderFailure(error: unknown, folder: string): unknown {
  const code = codeOf(error);
  if (isFailure(error) || code === undefined) {
    return error;
  }
  if (unusable.has(code)) {
    return new Failure('dataFolderUnusable', { values: { folder }, cause: error });
  }
  return code === 'ENOSPC' || code === 'EDQUOT' ? new Failure('storageFull', { cause: error }) : error;
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}
