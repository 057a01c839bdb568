import { posix } from 'node:path';
import { SftpError } from './sftp-error.ts';

/** The longest path that is taken, in bytes. */
export const maxPathBytes = 4096;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a path as UTF-8. Throws an `SftpError` when it is not UTF-8, holds a NUL or is too long: a name that is bent
 * into shape would be another file's name.
 */
export function decodePath(bytes: Uint8Array): string {
  if (bytes.length > maxPathBytes) throw new SftpError('failure', `The path is longer than ${maxPathBytes} bytes.`);
  if (bytes.includes(0)) throw new SftpError('failure', 'The path holds a NUL byte.');
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new SftpError('failure', 'The path is not valid UTF-8.', { cause });
  }
}

/**
 * The one place where paths are made regular: absolute, without `.`, `..`, doubled or trailing slashes. Relative paths
 * start at the root, `..` stops there, and an empty path is the root itself.
 */
export function normalisePath(path: string): string {
  const regular = posix.normalize(`/${path}`);
  return regular.length > 1 && regular.endsWith('/') ? regular.slice(0, -1) : regular;
}
