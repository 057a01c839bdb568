import { Failure } from '@rosterport/domain';
import { access, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './disk-failure.ts';
import { systemDisk, type Disk } from './disk.ts';
import { endingsOn } from './endings.ts';
import { placesIn, type Places } from './places.ts';
import { shelfOf, type Shelf } from './shelf.ts';
import type { OldFiles } from './staging.ts';

/** What may be taken from the staging area with this shelf. */
export function oldFiles(disk: Disk, places: Places, shelf: Shelf): OldFiles {
  return {
    discard: (jobId) => shelf.discard(jobId),
    async clearDamaged(before) {
      let removed = 0;
      for (const name of await readdir(places.damaged)) {
        const path = join(places.damaged, name);
        if (!(await isFileFrom(path, before))) continue;
        await disk.remove(path);
        removed += 1;
      }
      return removed;
    },
  };
}

/**
 * The same for a staging area that this process does not open, and another one may have open. Fails with `stagingMissing`
 * when the folder holds none, lest files that lie elsewhere be taken for removed.
 */
export async function oldFilesIn(folder: string): Promise<OldFiles> {
  const places = placesIn(folder);
  try {
    for (const path of [places.inbox, places.kept, places.damaged]) await access(path);
  } catch (error) {
    throw new Failure('stagingMissing', { values: { folder }, cause: error });
  }
  return oldFiles(systemDisk, places, shelfOf(systemDisk, places, endingsOn(systemDisk)));
}

/** False for what is no file, and for a file that somebody else has just removed. */
async function isFileFrom(path: string, before: Date): Promise<boolean> {
  try {
    const found = await stat(path);
    return found.isFile() && found.mtime < before;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
