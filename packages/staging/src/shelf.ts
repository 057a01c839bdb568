import { Failure, isId, type Envelope, type JobId } from '@rosterport/domain';
import { accessSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { errorCode } from './disk-failure.ts';
import type { Disk, DiskFile } from './disk.ts';
import type { Endings } from './endings.ts';
import { envelopeText, readEnvelope } from './envelope-file.ts';
import { groupedSync } from './grouped-sync.ts';
import type { Place, Places } from './places.ts';
import { openSealedFile, type SealedFile } from './sealed-file.ts';

/** Where sealed files stand: put in, moved from the inbox to the kept ones, taken out. */
export interface Shelf {
  /**
   * Puts a partial file into the inbox and closes it, also when that fails. Fails with `uploadExists` when the id is there
   * already, which is not looked for when it `isNew`.
   */
  put(envelope: Envelope, whole: WholeFile): Promise<void>;
  /** True for a sealed file, kept or not. */
  has(jobId: JobId): Promise<boolean>;
  isInInbox(jobId: JobId): Promise<boolean>;
  /** The ids in the inbox; whether their envelopes can be read is not asked. */
  inboxIds(): Promise<readonly JobId[]>;
  keep(jobId: JobId): Promise<void>;
  open(jobId: JobId): Promise<SealedFile>;
  discard(jobId: JobId): Promise<void>;
}

/** A partial file of which nothing is missing any more. */
export interface WholeFile {
  /** `null` while all of it is in memory. */
  readonly file: DiskFile | null;
  /** Its bytes, where they are not written yet. */
  readonly bytes: Uint8Array | null;
  readonly isNew: boolean;
}

/** The shelf of a staging area. */
export function shelfOf(disk: Disk, places: Places, endings: Endings): Shelf {
  const syncInbox = groupedSync(() => disk.syncFolder(places.inbox));
  const placesOf = (jobId: JobId): readonly Place[] => [places.inboxOf(jobId), places.keptOf(jobId)];

  const has = async (jobId: JobId): Promise<boolean> => {
    const found = await Promise.all(placesOf(jobId).map((place) => exists(place.envelope)));
    return found.includes(true);
  };

  const put: Shelf['put'] = async (envelope, { file, bytes, isNew }) => {
    const { jobId } = envelope;
    const place = places.inboxOf(jobId);
    const draft = places.draftOf(jobId);
    if (!isNew && (await has(jobId))) {
      await file?.close();
      throw new Failure('uploadExists');
    }
    // The file goes first: an envelope in the inbox promises its whole file. One that is yet to be made is made in its place.
    const last = [draft, place.envelope] as const;
    const names = file === null ? [last] : [[places.partOf(jobId), place.file] as const, last];
    try {
      await endings.seal({ file, place: place.file, bytes, draft, envelope: envelopeText(envelope), names, folder: places.inbox });
    } catch (error) {
      for (const path of [place.envelope, place.file, draft]) await disk.remove(path).catch(() => undefined);
      throw error;
    }
  };

  return {
    put,
    has,
    isInInbox: (jobId) => exists(places.inboxOf(jobId).envelope),
    keep: keeper(places, endings),
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
function keeper(places: Places, endings: Endings): Shelf['keep'] {
  /** The folders whose own names are known to last. */
  const known = new Set<string>();
  return async (jobId) => {
    const from = places.inboxOf(jobId);
    const to = places.keptOf(jobId);
    // The file goes first here too: a crash in between leaves an envelope in the inbox, which is reported and kept again,
    // and never a file without one, which would be taken for an upload that was not accepted.
    const names = [[from.file, to.file] as const, [from.envelope, to.envelope] as const];
    // Old names that come back with a crash are reported, and kept again over the new ones.
    const lasting = known.has(to.folder) ? [to.folder] : [to.folder, places.kept];
    if (await endings.move({ folder: to.folder, names, lasting })) known.add(to.folder);
    else if (!(await exists(to.envelope))) throw new Failure('stagedFileMissing', { values: { job: jobId } });
  };
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
