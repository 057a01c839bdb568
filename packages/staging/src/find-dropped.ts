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

/** What a folder within that of an account holds: files, or only folders; `null` when it is not looked into. */
export type FolderUse = (folder: string) => 'files' | 'folders' | null;

/** What lies in a drop folder. */
export interface Dropped {
  /** Ordinary files in the folders that hold files, whose names are not temporary; the one written earliest first. */
  readonly files: readonly FoundFile[];
  /** What somebody may wonder about. */
  readonly passedOver: readonly PassedOver[];
}

interface Finds {
  readonly files: FoundFile[];
  readonly passedOver: PassedOver[];
}

/**
 * Looks through `<folder>/<account>/` and those folders in it that `useOf` has a use for. Links, pipes, sockets and devices
 * are passed over, wherever they stand.
 */
export async function findDropped(folder: string, useOf: FolderUse): Promise<Dropped> {
  const found: Finds = { files: [], passedOver: [] };
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    await findIn(found, { account: entry.name, folder: '/', path: join(folder, entry.name) }, useOf);
  }
  found.files.sort((one, other) => (one.stats.mtimeNs < other.stats.mtimeNs ? -1 : 1));
  return found;
}

interface Place {
  readonly account: string;
  /** Within that of the account. */
  readonly folder: string;
  readonly path: string;
}

/** A folder that cannot be read keeps nothing else from being found. */
async function findIn(found: Finds, place: Place, useOf: FolderUse): Promise<void> {
  try {
    await lookInto(found, place, useOf);
  } catch (error) {
    const sentence = `The folder of an account cannot be read (${errorCode(error) ?? 'no code'})`;
    found.passedOver.push({ account: place.account, path: place.path, sentence });
  }
}

async function lookInto(found: Finds, { account, folder, path: above }: Place, useOf: FolderUse): Promise<void> {
  for (const entry of await readdir(above, { withFileTypes: true })) {
    const path = join(above, entry.name);
    if (entry.isDirectory()) {
      const within = `${folder === '/' ? '' : folder}/${entry.name}`;
      if (useOf(within) !== null) await findIn(found, { account, folder: within, path }, useOf);
      else if (entry.name !== refusedFolder) {
        found.passedOver.push({ account, path, sentence: 'A folder within the folder of an account is not looked into' });
      }
    }
    if (!entry.isFile() || isTemporaryName(entry.name)) continue;
    const stats = await statsOf(path);
    if (useOf(folder) === 'folders') {
      found.passedOver.push({ account, path, sentence: 'A file in a folder that holds only folders is not taken' });
    } else if (stats?.isFile() === true) found.files.push({ account, folder, fileName: entry.name, path, stats });
    else if (entry.name.includes('\u{FFFD}')) {
      found.passedOver.push({ account, path, sentence: 'A dropped file whose name is not valid UTF-8 cannot be taken' });
    }
  }
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
