import { Failure, type JobId } from '@rosterport/domain';
import { createHash } from 'node:crypto';
import { constants, type BigIntStats } from 'node:fs';
import { open } from 'node:fs/promises';

/** A whole file that was found in a drop folder. */
export interface DropArrival {
  /** Name of the account in whose folder it lay. */
  readonly account: string;
  /** The folder within that of the account, such as `/` or `/full`. */
  readonly folder: string;
  readonly fileName: string;
  /** Where it lies. Read it with `stream`, which cannot be led elsewhere. */
  readonly path: string;
  /** The same for the same file whenever it is found, so that it never becomes two jobs. */
  readonly arrivalId: JobId;
  /** Size in bytes. */
  readonly size: number;
  /** When it was last written. */
  readonly modifiedAt: Date;
  /**
   * The bytes. Fails with `uploadIncomplete` when the file is no longer the one that was found, or changes while it is
   * read.
   */
  stream(): AsyncIterable<Uint8Array>;
}

/** What a file is called and what the system says of it; `stats` must be those of the name itself, not of its target. */
export interface FoundFile {
  readonly account: string;
  readonly folder: string;
  readonly fileName: string;
  readonly path: string;
  readonly stats: BigIntStats;
}

const chunkSize = 256 * 1024;

/** Makes an arrival of a file. */
export function dropArrival(found: FoundFile): DropArrival {
  const { stats, ...names } = found;
  return {
    ...names,
    arrivalId: arrivalId(found),
    size: Number(stats.size),
    modifiedAt: stats.mtime,
    stream: () => chunksOf(found),
  };
}

/** True when both say the same of size, time of writing and identity. */
export function isSameFile(one: BigIntStats, other: BigIntStats): boolean {
  return one.dev === other.dev && one.ino === other.ino && one.mtimeNs === other.mtimeNs && one.size === other.size;
}

/**
 * A UUID of version 8 (RFC 9562, section 5.8) over all that tells this file from another one. The time of the last
 * change is in it because a copy that keeps the time of writing may get the very inode that an earlier one left.
 */
function arrivalId({ account, folder, fileName, stats }: FoundFile): JobId {
  const facts = [account, ...(folder === '/' ? [] : [folder]), fileName, ...[stats.dev, stats.ino, stats.mtimeNs, stats.ctimeNs, stats.size].map(String)];
  const bytes = createHash('sha256').update(JSON.stringify(facts)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as JobId;
}

async function* chunksOf(found: FoundFile): AsyncGenerator<Uint8Array> {
  // NOFOLLOW and the comparison keep a name that was swapped for a link meanwhile from leading out of the folder.
  const handle = await open(found.path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const isUnchanged = async (): Promise<boolean> => isSameFile(await handle.stat({ bigint: true }), found.stats);
    if (!(await isUnchanged())) throw new Failure('uploadIncomplete');
    for (let position = 0; ; ) {
      const buffer = new Uint8Array(chunkSize);
      const { bytesRead } = await handle.read(buffer, 0, chunkSize, position);
      if (bytesRead === 0) break;
      yield buffer.subarray(0, bytesRead);
      position += bytesRead;
    }
    if (!(await isUnchanged())) throw new Failure('uploadIncomplete');
  } finally {
    await handle.close();
  }
}
