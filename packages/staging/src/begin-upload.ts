import { Failure, isId, type Envelope, type JobId } from '@rosterport/domain';
import { diskFailure } from './disk-failure.ts';
import type { Disk, DiskFile } from './disk.ts';
import type { HeldBytes, HeldMemory } from './held-bytes.ts';
import type { Partials } from './partials.ts';
import type { Places } from './places.ts';
import type { SealClock } from './seal-clock.ts';
import type { Shelf } from './shelf.ts';
import { StagedUpload } from './staged-upload.ts';
import type { Upload } from './upload.ts';

/** The uploads under way by id; `null` while one is being begun. */
export type ActiveUploads = Map<JobId, Upload | null>;

/** The upload that is begun, or gone on with. */
export interface Wanted {
  readonly jobId: JobId;
  readonly limitBytes: number;
  /** True for an id that was made for this upload: nothing of it can be there already. */
  readonly isNew?: boolean;
}

/** What every upload needs. */
export interface UploadNeeds {
  readonly disk: Disk;
  readonly places: Places;
  readonly shelf: Shelf;
  readonly partials: Partials;
  readonly uploads: ActiveUploads;
  readonly nextMoment: SealClock;
  readonly memory: HeldMemory;
  /** Called when a file has been sealed. */
  readonly onPlaced: () => void;
}

/** Begins an upload; see `Staging.begin`. */
export function beginUpload(wanted: Wanted, needs: UploadNeeds): Promise<Upload> {
  const { disk, shelf, places, partials, memory } = needs;
  const { jobId } = wanted;
  return admit(wanted, needs, async () => {
    if (wanted.isNew !== true) {
      if (await shelf.has(jobId)) throw new Failure('uploadExists');
      // One of this id that nobody writes was left by a process that is gone; a drop folder comes back with the same id.
      await partials.remove(jobId);
    }
    const held = memory.take();
    return { file: held === undefined ? await disk.create(places.partOf(jobId)) : null, size: 0, held };
  });
}

/** Goes on with an upload that was left; see `Staging.resume`. */
export function resumeUpload(wanted: Wanted, needs: UploadNeeds): Promise<Upload> {
  const { disk, places, partials } = needs;
  const { jobId } = wanted;
  return admit(wanted, needs, async () => {
    const note = partials.find(jobId);
    if (note === undefined) throw new Failure('uploadIncomplete');
    const file = await disk.reopen(places.partOf(jobId));
    // What was written after the last note may have holes.
    await file.truncate(note.size);
    return { file, size: note.size, held: undefined };
  });
}

interface Beginning {
  /** `null` for one that is made when bytes are written to it. */
  readonly file: DiskFile | null;
  readonly size: number;
  readonly held: HeldBytes | undefined;
}

/** Takes the upload among those under way, unless its id is there already or its file cannot be opened. */
async function admit(wanted: Wanted, needs: UploadNeeds, open: () => Promise<Beginning>): Promise<Upload> {
  const { jobId } = wanted;
  const { uploads } = needs;
  if (!isId(jobId)) throw new Failure('requestInvalid', { values: { problem: 'the id of the upload is not a UUID' } });
  if (uploads.has(jobId)) throw new Failure('uploadExists');
  uploads.set(jobId, null);
  try {
    const upload = uploadOf(wanted, needs, await open());
    uploads.set(jobId, upload);
    return upload;
  } catch (error) {
    uploads.delete(jobId);
    throw diskFailure(error);
  }
}

function uploadOf({ jobId, limitBytes, isNew = false }: Wanted, needs: UploadNeeds, beginning: Beginning): Upload {
  const { uploads, shelf, partials, places, disk } = needs;
  return new StagedUpload({
    jobId,
    limitBytes,
    ...beginning,
    create: () => disk.create(places.partOf(jobId)),
    note: (details) => partials.put(jobId, details),
    forgetNote: () => partials.forget(jobId),
    onLeft: () => void uploads.delete(jobId),
    async place(found, details, whole) {
      const sealedAt = needs.nextMoment();
      const envelope: Envelope = { version: 1, jobId, ...details, ...found, sealedAt };
      await shelf.put(envelope, { file: whole.file, bytes: whole.bytes, isNew });
      // The file is sealed whatever becomes of its note: one without bytes is cleared away at the next start.
      if (partials.find(jobId) !== undefined) await partials.forget(jobId).catch(() => undefined);
      uploads.delete(jobId);
      needs.onPlaced();
      return envelope;
    },
    async remove() {
      try {
        await partials.remove(jobId);
      } finally {
        uploads.delete(jobId);
      }
    },
  });
}
