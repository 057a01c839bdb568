import type { JobId, JobState } from '@rosterport/domain';
import { isTemporaryName } from '@rosterport/staging';
import type { HeldUpload } from './held-upload.ts';
import type { LeftUpload } from './left-uploads.ts';
import type { SealedFile } from './sealed-files.ts';

/**
 * What a name in a folder stands for, in one word: that of its job's state, or, before there is a job, `uploading` while a
 * session has it open, `partial` when it broke off, `unnamed` under a temporary name, `awaiting` before its proof is there,
 * and `proof` for a sidecar.
 */
export type SeenState = JobState | 'uploading' | 'partial' | 'unnamed' | 'awaiting' | 'proof';

/** An upload as its sender sees it, accepted or not. */
export interface Seen {
  /** Bytes. */
  readonly size: number;
  /** Seconds since 1970. */
  readonly modified: number;
  readonly state: SeenState;
  /** `null` where there is no job and will be none. */
  readonly jobId: JobId | null;
}

/** An upload that a session has open, or had lately. */
export function seenHeld({ incoming, modified, state, place }: HeldUpload): Seen {
  const isUnnamed = state === 'parked' && isTemporaryName(place.name);
  return { size: incoming.upload.size, modified, state: isUnnamed ? 'unnamed' : 'uploading', jobId: incoming.jobId };
}

/** An upload that was left. */
export function seenLeft({ note, place, modified }: LeftUpload): Seen {
  const state = !note.isClosed ? 'partial' : isTemporaryName(place.name) ? 'unnamed' : 'awaiting';
  return { size: note.size, modified, state, jobId: note.jobId };
}

/** An upload that was accepted. */
export function seenSealed({ size, modified, state, jobId }: SealedFile): Seen {
  return { size, modified, state, jobId };
}
