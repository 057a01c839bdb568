import { Failure, isId, type Envelope, type JobId } from '@rosterport/domain';
import { diskFailure } from './disk-failure.ts';
import type { Disk } from './disk.ts';
import type { Places } from './places.ts';
import type { SealClock } from './seal-clock.ts';
import type { Shelf } from './shelf.ts';
import { StagedUpload, type Upload } from './staged-upload.ts';

/** The uploads under way by id; `null` while one is being begun. */
export type ActiveUploads = Map<JobId, Upload | null>;

/** What beginning an upload needs. */
export interface BeginOptions {
  readonly jobId: JobId;
  readonly limitBytes: number;
  readonly disk: Disk;
  readonly places: Places;
  readonly shelf: Shelf;
  readonly uploads: ActiveUploads;
  readonly nextMoment: SealClock;
  /** Called when a file has been sealed. */
  readonly onPlaced: () => void;
}

/** Begins an upload; see `Staging.begin`. */
export async function beginUpload(options: BeginOptions): Promise<Upload> {
  const { jobId, disk, uploads, shelf } = options;
  if (!isId(jobId)) throw new Failure('requestInvalid', { values: { problem: 'the id of the upload is not a UUID' } });
  if (uploads.has(jobId)) throw new Failure('uploadExists');
  uploads.set(jobId, null);
  try {
    if (await shelf.has(jobId)) throw new Failure('uploadExists');
    const part = options.places.partOf(jobId);
    // One of this id that nobody writes was left by a process that is gone; a drop folder comes back with the same id.
    await disk.remove(part);
    const upload = new StagedUpload({
      jobId,
      limitBytes: options.limitBytes,
      file: await disk.create(part),
      async place(bytes, details) {
        const sealedAt = options.nextMoment();
        const envelope: Envelope = { version: 1, jobId, ...details, ...bytes, sealedAt };
        await shelf.put(envelope);
        uploads.delete(jobId);
        options.onPlaced();
        return envelope;
      },
      async remove() {
        try {
          await disk.remove(part);
        } finally {
          uploads.delete(jobId);
        }
      },
    });
    uploads.set(jobId, upload);
    return upload;
  } catch (error) {
    uploads.delete(jobId);
    throw diskFailure(error);
  }
}
