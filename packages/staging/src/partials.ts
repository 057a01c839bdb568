import { isId, type CredentialId, type JobId } from '@rosterport/domain';
import type { Clock, Logger } from '@rosterport/runtime';
import { readdir, stat } from 'node:fs/promises';
import { errorCode } from './disk-failure.ts';
import type { Disk } from './disk.ts';
import { groupedSync } from './grouped-sync.ts';
import { readNote, writeNote, type PartialDetails, type PartialNote } from './partial-note.ts';
import type { Places } from './places.ts';

/** The uploads that were left unfinished and may be gone on with. */
export interface Partials {
  /** Those of a credential that nobody is writing and whose time is not over, in the order in which they were left. */
  of(credentialId: CredentialId): readonly PartialNote[];
  find(jobId: JobId): PartialNote | undefined;
  /** Those whose time is over and that nobody is writing. */
  expired(): readonly PartialNote[];
  /** Puts a note beside the bytes of an upload, in place of the one that is there. Resolves when it is on the medium. */
  put(jobId: JobId, details: PartialDetails): Promise<void>;
  /** Takes the note away and leaves the bytes. */
  forget(jobId: JobId): Promise<void>;
  /** Removes bytes and note. */
  remove(jobId: JobId): Promise<void>;
}

/** What keeping partial uploads takes. */
export interface PartialsOptions {
  readonly disk: Disk;
  readonly places: Places;
  readonly log: Logger;
  readonly clock: Clock;
  readonly keptSeconds: number;
  /** True for an upload that is being written. */
  readonly isActive: (jobId: JobId) => boolean;
}

/** Asked for with every file. */
const none: readonly PartialNote[] = [];

/** Reads the notes that lie there. A note that is broken, or promises bytes that are gone, goes with what is left of its upload. */
export async function openPartials(options: PartialsOptions): Promise<Partials> {
  const { disk, places, clock, keptSeconds, isActive } = options;
  const notes = await readNotes(options);
  const syncFolder = groupedSync(() => disk.syncFolder(places.partial));
  const isOver = ({ leftAt }: PartialNote): boolean => clock.now().getTime() - Date.parse(leftAt) >= keptSeconds * 1000;
  const forget = async (jobId: JobId): Promise<void> => {
    if (notes.delete(jobId)) await disk.remove(places.noteOf(jobId));
  };
  return {
    of: (credentialId) =>
      notes.size === 0
        ? none
        : [...notes.values()].filter((note) => note.credentialId === credentialId && !isActive(note.jobId) && !isOver(note)),
    find: (jobId) => notes.get(jobId),
    expired: () => [...notes.values()].filter((note) => !isActive(note.jobId) && isOver(note)),
    async put(jobId, details) {
      const note: PartialNote = { version: 1, jobId, ...details, leftAt: clock.now().toISOString() };
      await writeNote(disk, places.noteOf(jobId), note);
      await syncFolder();
      notes.delete(jobId);
      notes.set(jobId, note);
    },
    forget,
    async remove(jobId) {
      // The note goes first: without it nobody goes on with bytes that are about to vanish.
      await forget(jobId);
      await disk.remove(places.partOf(jobId));
    },
  };
}

async function readNotes({ disk, places, log }: PartialsOptions): Promise<Map<JobId, PartialNote>> {
  const found: PartialNote[] = [];
  for (const name of await readdir(places.partial)) {
    const jobId = name.replace(/\.note$/, '') as JobId;
    if (!isId(jobId)) continue;
    const note = await readNote(places.noteOf(jobId));
    if (typeof note === 'object' && note.jobId === jobId && (await sizeOf(places.partOf(jobId))) >= note.size) {
      found.push(note);
      continue;
    }
    for (const path of [places.noteOf(jobId), places.partOf(jobId)]) await disk.remove(path);
    log.warn('An unfinished upload could not be kept', { job: jobId });
  }
  const inOrder = found.sort((one, other) => Date.parse(one.leftAt) - Date.parse(other.leftAt));
  return new Map(inOrder.map((note) => [note.jobId, note]));
}

/** -1 for a file that is not there. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return -1;
    throw error;
  }
}
