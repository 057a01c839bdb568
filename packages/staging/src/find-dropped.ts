import type { BigIntStats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './disk-failure.ts';
import type { FoundFile } from './drop-arrival.ts';
import { isTemporaryName } from './file-name.ts';
import { refusedFolder } from './refuse-arrival.ts';

/** Something in a drop folder that is not taken, and why. */
export interface PassedOver {
  readonly account: string;
  readonly path: string;
  /** A whole sentence for the log. */
  readonly sentence: string;
}

/** What lies in a drop folder. */
export interface Dropped {
  /** Ordinary files directly in an account's folder whose names are not temporary; the one written earliest first. */
  readonly files: readonly FoundFile[];
  /** What somebody may wonder about. */
  readonly passedOver: readonly PassedOver[];
}

/** Looks through `<folder>/<account>/`. Links, pipes, sockets and devices are passed over, wherever they stand. */
export async function findDropped(folder: string): Promise<Dropped> {
  const found: { files: FoundFile[]; passedOver: PassedOver[] } = { files: [], passedOver: [] };
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    try {
      const dropped = await findInAccount(entry.name, path);
      found.files.push(...dropped.files);
      found.passedOver.push(...dropped.passedOver);
    } catch (error) {
      const sentence = `The folder of an account cannot be read (${errorCode(error) ?? 'no code'})`;
      found.passedOver.push({ account: entry.name, path, sentence });
    }
  }
  found.files.sort((one, other) => (one.stats.mtimeNs < other.stats.mtimeNs ? -1 : 1));
  return found;
}

async function findInAccount(account: string, folder: string): Promise<Dropped> {
  const files: FoundFile[] = [];
  const passedOver: PassedOver[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== refusedFolder) {
      passedOver.push({ account, path, sentence: 'A folder within the folder of an account is not looked into' });
    }
    if (!entry.isFile() || isTemporaryName(entry.name)) continue;
    const stats = await statsOf(path);
    if (stats?.isFile() === true) files.push({ account, fileName: entry.name, path, stats });
    else if (entry.name.includes('\u{FFFD}')) {
      passedOver.push({ account, path, sentence: 'A dropped file whose name is not valid UTF-8 cannot be taken' });
    }
  }
  return { files, passedOver };
}

/** Of the name itself, without following it; `null` when it is gone. */
export async function statsOf(path: string): Promise<BigIntStats | null> {
  try {
    return await lstat(path, { bigint: true });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
