import { Failure, isId, type Envelope, type JobId } from '@rosterport/domain';
import { accessSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { errorCode } from './disk-failure.ts';
import type { Disk } from './disk.ts';
import { readEnvelope, writeEnvelope } from './envelope-file.ts';
import { groupedSync } from './grouped-sync.ts';
import type { Place, Places } from './places.ts';
import { openSealedFile, type SealedFile } from './sealed-file.ts';

/** Where sealed files stand: put in, moved from the inbox to the kept ones, taken out. */
export interface Shelf {
  /**
   * Puts a partial file into the inbox once `whole` has resolved: then it is closed and on the medium. Fails with
   * `uploadExists` when the id is there already, which is not looked for when it `isNew`.
   */
  put(envelope: Envelope, how: { readonly whole: Promise<void>; readonly isNew: boolean }): Promise<void>;
  /** True for a sealed file, kept or not. */
  has(jobId: JobId): Promise<boolean>;
  isInInbox(jobId: JobId): Promise<boolean>;
  /** The ids in the inbox; whether their envelopes can be read is not asked. */
  inboxIds(): Promise<readonly JobId[]>;
  keep(jobId: JobId): Promise<void>;
  open(jobId: JobId): Promise<SealedFile>;
  discard(jobId: JobId): Promise<void>;
}

/** The shelf of a staging area. */
export function shelfOf(disk: Disk, places: Places): Shelf {
  const syncInbox = groupedSync(() => disk.syncFolder(places.inbox));
  const placesOf = (jobId: JobId): readonly Place[] => [places.inboxOf(jobId), places.keptOf(jobId)];

  const has = async (jobId: JobId): Promise<boolean> => {
    const found = await Promise.all(placesOf(jobId).map((place) => exists(place.envelope)));
    return found.includes(true);
  };

  const put: Shelf['put'] = async (envelope, { whole, isNew }) => {
    const { jobId } = envelope;
    const place = places.inboxOf(jobId);
    const draft = places.draftOf(jobId);
    const isThere = !isNew && (await has(jobId));
    if (isThere) {
      await whole.catch(() => undefined);
      throw new Failure('uploadExists');
    }
    try {
      await all([whole, writeEnvelope(disk, draft, envelope)]);
      // The file goes first: an envelope in the inbox promises its whole file.
      await disk.rename(places.partOf(jobId), place.file);
      await disk.rename(draft, place.envelope);
      await syncInbox();
    } catch (error) {
      for (const path of [place.envelope, place.file, draft]) await disk.remove(path).catch(() => undefined);
      throw error;
    }
  };

  return {
    put,
    has,
    isInInbox: (jobId) => exists(places.inboxOf(jobId).envelope),
    keep: keeper(disk, places),
    async inboxIds() {
      const names = await readdir(places.inbox);
      return names
        .filter((name) => name.endsWith('.json') && isId(name.slice(0, -'.json'.length)))
        .map((name) => name.slice(0, -'.json'.length) as JobId);
    },
    async open(jobId) {
      // Once more after a miss: between the two looks it may have been moved from the one place to the other.
      const found = (await openAnywhere(placesOf(jobId))) ?? (await openAnywhere(placesOf(jobId)));
      if (found === null) throw new Failure('stagedFileMissing', { values: { job: jobId } });
      return found;
    },
    async discard(jobId) {
      for (const place of placesOf(jobId)) {
        await disk.remove(place.envelope);
        await disk.remove(place.file);
      }
      await syncInbox();
    },
  };
}

/** How a file is moved from the inbox to the kept ones; see `Staging.keep`. */
function keeper(disk: Disk, places: Places): Shelf['keep'] {
  /** The folders whose own names are known to last. */
  const lasting = new Set<string>();
  return async (jobId) => {
    const from = places.inboxOf(jobId);
    const to = places.keptOf(jobId);
    await disk.makeFolder(to.folder);
    // The file goes first here too: a crash in between leaves an envelope in the inbox, which is reported and kept again,
    // and never a file without one, which would be taken for an upload that was not accepted.
    const moved = [await moveOnce(disk, from.file, to.file), await moveOnce(disk, from.envelope, to.envelope)];
    if (!moved.includes(true)) {
      if (await exists(to.envelope)) return;
      throw new Failure('stagedFileMissing', { values: { job: jobId } });
    }
    // Old names that come back with a crash are reported, and kept again over the new ones.
    await disk.syncFolder(to.folder);
    if (!lasting.has(to.folder)) await disk.syncFolder(places.kept);
    lasting.add(to.folder);
  };
}

/** Waits for both, also when one fails: what is going on with a file must have ended before the file is removed. */
async function all(steps: readonly Promise<void>[]): Promise<void> {
  for (const { status, reason } of (await Promise.allSettled(steps)) as { status: string; reason?: unknown }[]) {
    if (status === 'rejected') throw reason;
  }
}

async function openAnywhere(places: readonly Place[]): Promise<SealedFile | null> {
  const envelopes = await Promise.all(places.map((place) => readEnvelope(place.envelope)));
  const envelope = envelopes.find((found) => typeof found === 'object');
  if (envelope === undefined) return null;
  for (const place of places) {
    try {
      return await openSealedFile(place.file, envelope);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }
  return null;
}

/** True when it was moved, false when there was nothing to move. */
async function moveOnce(disk: Disk, from: string, to: string): Promise<boolean> {
  try {
    await disk.rename(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function exists(path: string): Promise<boolean> {
  return new Promise((resolve) => resolve(isThere(path)));
}

function isThere(path: string): boolean {
  try {
    accessSync(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
