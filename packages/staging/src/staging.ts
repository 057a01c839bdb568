import type { CredentialId, Envelope, JobId } from '@rosterport/domain';
import type { PartialDetails, PartialNote } from './partial-note.ts';
import type { SealedFile } from './sealed-file.ts';
import type { Upload } from './upload.ts';

/** A watch over the sealed files that lie in the inbox. */
export interface InboxWatch {
  /** True while the inbox can be read. */
  readonly ready: boolean;
  /** Stops reporting; resolves when the report under way has ended. */
  close(): Promise<void>;
}

/** What takes a sealed file that was found; when it fails, the next sweep reports the file again. */
export type OnSealed = (envelope: Envelope) => Promise<void>;

/** What may be taken from a staging area that another process has open: files whose jobs have ended. */
export interface OldFiles {
  /** Removes a sealed file whose job was taken back, or is no longer wanted. Nothing happens when there is none. */
  discard(jobId: JobId): Promise<void>;
  /** Removes what was set aside as damaged and written before the moment. Returns how many files there were. */
  clearDamaged(before: Date): Promise<number>;
}

/** The staging area: files on their way in, sealed ones, and those whose job exists. One process opens it at a time. */
export interface Staging extends OldFiles {
  /**
   * Begins an upload of at most `limitBytes` bytes. Fails with `uploadExists` when this id is being uploaded or is sealed
   * already, with `storageFull` when there is no room. `isNew` says that the id was made for this upload, and saves the look
   * for what is there.
   */
  begin(options: { readonly jobId: JobId; readonly limitBytes: number; readonly isNew?: boolean }): Promise<Upload>;
  /**
   * Goes on with an upload that was left, also by a process that is gone. Fails with `uploadIncomplete` when there is none of
   * that id, and with `uploadExists` while it is being written.
   */
  resume(options: { readonly jobId: JobId; readonly limitBytes: number }): Promise<Upload>;
  /** The uploads of a credential that were left and may be gone on with, in the order in which they were left. */
  partials(credentialId: CredentialId): readonly PartialNote[];
  /** The uploads that were left for longer than they are kept; they stay on disk until they are dropped. */
  expiredPartials(): readonly PartialNote[];
  /** Changes the note of an upload that was left and that nobody is writing; its time begins anew. */
  amendPartial(jobId: JobId, details: PartialDetails): Promise<void>;
  /** Removes an upload that was left. Nothing happens when there is none, or when somebody is writing it. */
  dropPartial(jobId: JobId): Promise<void>;
  /** What lies sealed in the inbox, perhaps without a job: the earliest sealed first. */
  sealed(): Promise<readonly Envelope[]>;
  /**
   * Moves a sealed file out of the inbox, since its job exists. Does nothing when that was done before. Fails with
   * `stagedFileMissing` when there is no such file.
   */
  keep(jobId: JobId): Promise<void>;
  /** Opens a sealed file for reading. Fails with `stagedFileMissing`. The caller closes it. */
  open(jobId: JobId): Promise<SealedFile>;
  /**
   * Reports every file in the inbox at least once until it is kept or discarded: soon after it was sealed, at the start,
   * and with each sweep. Reports come one after another. A failure of kind `unavailable` ends the round.
   */
  watch(onSealed: OnSealed): Promise<InboxWatch>;
  /** Bytes that may still be written on this disk. */
  freeBytes(): Promise<number>;
  /** True when a file can be made and removed. */
  healthy(): Promise<boolean>;
  /** Ends the watches and discards the uploads under way that were not left. */
  close(): Promise<void>;
}
