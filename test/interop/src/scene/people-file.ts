import { createHash } from 'node:crypto';
import { utimes, writeFile } from 'node:fs/promises';

/** A file on this machine that is about to be sent. */
export interface SentFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  /** Seconds since 1970; long ago, so that it is not taken for the time of arrival. */
  readonly modified: number;
}

/** What a file shall hold. */
export interface Wanted {
  /** Part of the ids and addresses in it; no two files of a tenant that share one differ in anything else than length. */
  readonly about: string;
  readonly rows: number;
  /** Characters of an attribute in each row, for files that must be long and yet quickly read. */
  readonly padding?: number;
}

/** An hour later for each file: one that is older than the last applied one would be held. */
let written = 0;

/** Writes a users file that applies without a finding of any weight. */
export async function writePeople(path: string, { about, rows, padding = 0 }: Wanted): Promise<SentFile> {
  const note = 'n'.repeat(padding);
  const head = `Employee ID;First Name;Last Name;Email;PhoneNumber(Optional)${padding > 0 ? ';Note' : ''}\n`;
  const lines = Array.from({ length: rows }, (_, at) => `${about}-${at};Ada;Berg;${about}-${at}@example.com;${padding > 0 ? `;${note}` : ''}\n`);
  const bytes = Buffer.from(head + lines.join(''));
  await writeFile(path, bytes);
  written += 1;
  const modified = 1_600_000_000 + written * 3_600;
  await utimes(path, modified, modified);
  return { path, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), modified };
}
