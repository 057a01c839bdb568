import { Failure } from '@rosterport/domain';

const longestBytes = 255;

/**
 * Lets a name pass that can stand for a file of a sender: no folder, no control character, at most 255 bytes of UTF-8.
 * Fails with `fileNameInvalid`. Nothing on disk is ever named after it.
 */
export function checkFileName(name: string): void {
  const problem = problemOf(name);
  if (problem !== null) throw new Failure('fileNameInvalid', { values: { problem } });
}

function problemOf(name: string): string | null {
  if (name === '') return 'it is empty';
  if (name === '.' || name === '..') return 'it stands for a folder';
  if (/[/\\]/.test(name)) return 'it contains a slash or backslash';
  if (/\p{Cc}/u.test(name)) return 'it contains a control character';
  if (Buffer.byteLength(name) > longestBytes) return `it is longer than ${longestBytes} bytes`;
  return null;
}

/**
 * True for a name under which a client or an editor writes what is not finished: `x.filepart`, `x.part`, `x.partial`,
 * `x.tmp`, `.in.x`, `x~`, `x.swp`, and every name that begins with a dot. A whole file gets its real name by a rename.
 */
export function isTemporaryName(name: string): boolean {
  return name.startsWith('.') || /(~|\.(filepart|part|partial|tmp|swp))$/i.test(name);
}
