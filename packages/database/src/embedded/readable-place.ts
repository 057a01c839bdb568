import { chmod, lstat, mkdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Failure } from '@rosterport/domain';

/**
 * A folder for root to put programs in that another user shall run: everybody can read it and only root can write it or swap
 * it for another. `/var/cache` first, because folders for temporary files are swept while a server runs. Fails with
 * `databaseBroken` when no such folder can be had.
 */
export async function readablePlace(): Promise<string> {
  const candidates = ['/var/cache/rosterport', join(tmpdir(), 'rosterport-cache')];
  for (const candidate of candidates) {
    const place = await prepare(candidate);
    if (place !== null) {
      return place;
    }
  }
  const problem = `root needs a folder for its programs that other users can read, and neither ${candidates.join(' nor ')} will do`;
  throw new Failure('databaseBroken', { values: { problem } });
}

/** Makes the folder when it is missing and returns its real path, or null when it cannot be made or is not to be trusted. */
async function prepare(folder: string): Promise<string | null> {
  try {
    const parent = await realpath(dirname(folder));
    const place = join(parent, folder.slice(dirname(folder).length + 1));
    try {
      await mkdir(place);
      await chmod(place, 0o755);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
    }
    return (await isTrusted(place)) && (await isReachable(parent)) ? place : null;
  } catch {
    return null;
  }
}

async function isTrusted(place: string): Promise<boolean> {
  const found = await lstat(place);
  return found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0 && (found.mode & 0o005) === 0o005;
}

/** Every folder above can be passed by anybody, belongs to root, and lets nobody rename what is root's. */
async function isReachable(folder: string): Promise<boolean> {
  const found = await lstat(folder);
  const sticky = (found.mode & 0o1000) !== 0;
  const fits = found.uid === 0 && (found.mode & 0o001) !== 0 && ((found.mode & 0o022) === 0 || sticky);
  return fits && (folder === dirname(folder) || (await isReachable(dirname(folder))));
}
