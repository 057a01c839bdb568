import { open, stat, type FileHandle } from 'node:fs/promises';
import { Failure, isFailure } from '@rosterport/domain';

/** A file that the command was given, open for reading. */
export interface LocalFile {
  readonly handle: FileHandle;
  /** Bytes, when it was opened. */
  readonly size: number;
}

/** Opens a plain file. Fails with `localFileMissing` or `localFileUnusable`. */
export async function openLocalFile(path: string): Promise<LocalFile> {
  try {
    // Asked first: opening a named pipe would wait for somebody to write into it.
    const found = await stat(path);
    if (!found.isFile()) throw unusable(path, found.isDirectory() ? 'it is a folder' : 'it is no plain file');
    const handle = await open(path, 'r');
    return { handle, size: found.size };
  } catch (error) {
    throw isFailure(error) ? error : localFileFailure(error, path);
  }
}

const problems: Readonly<Record<string, string>> = {
  EACCES: 'this user has no right to it',
  EPERM: 'this user has no right to it',
  EISDIR: 'it is a folder',
  EEXIST: 'it exists already',
  ENOTDIR: 'a part of its path is no folder',
  EROFS: 'the file system cannot be written',
  ENOSPC: 'there is no space left',
  EMFILE: 'too many files are open',
};

/** What went wrong with a file on this machine, as a failure. Fits reading and writing. */
export function localFileFailure(error: unknown, path: string): Failure {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new Failure('localFileMissing', { values: { path }, cause: error });
  return unusable(path, problems[code] ?? `the system says ${code === '' ? 'no reason' : code}`, error);
}

function unusable(path: string, problem: string, cause?: unknown): Failure {
  return new Failure('localFileUnusable', { values: { path, problem }, ...(cause === undefined ? {} : { cause }) });
}
