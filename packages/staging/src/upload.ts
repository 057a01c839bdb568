import type { Envelope, JobId } from '@rosterport/domain';
import type { PartialDetails } from './partial-note.ts';

/** What the receiver knows of a file; staging adds the rest of the envelope. */
export type SealDetails = Omit<Envelope, 'version' | 'jobId' | 'size' | 'sha256' | 'sealedAt'>;

/** What the sender says of the whole file; what is left out is not compared. */
export interface Declared {
  /** Bytes. */
  readonly size?: number | undefined;
  /** In lower-case hexadecimal. */
  readonly sha256?: string | undefined;
}

/** What was found out about a file when its last byte was on the medium. */
export interface SealedBytes {
  readonly size: number;
  readonly sha256: string;
}

/**
 * An upload on its way in. Once a call failed because of the disk or the limit, its bytes are gone and every later call
 * fails in the same way: what a sender was told is lost can never be sealed.
 */
export interface Upload {
  readonly jobId: JobId;
  /** End of the last byte so far, in bytes. */
  readonly size: number;
  /**
   * Writes at any position and in any order; calls may overlap. The bytes must not change until it resolves.
   * Fails with `fileTooLarge` beyond the limit, `storageFull` when the disk has no room, `requestInvalid` for a position
   * that is none, `uploadIncomplete` after a discard, `uploadExists` after the seal.
   */
  write(position: number, bytes: Uint8Array): Promise<void>;
  /** Cuts or stretches (with zeros) the file, after the writes that were begun before. Fails like `write`. */
  truncate(size: number): Promise<void>;
  /** Resolves when the bytes so far are on the medium. */
  sync(): Promise<void>;
  /**
   * Makes it a sealed file. Resolves only when file, envelope and names are on the medium. Fails like `write`, with
   * `uploadExists` when this id is sealed already, and with `uploadDamaged` when it is not the file that was declared.
   */
  seal(details: SealDetails, declared?: Declared): Promise<Envelope>;
  /** The first bytes, at most so many. Fails like `write`. */
  head(most: number): Promise<Uint8Array>;
  /**
   * Makes the bytes so far last beyond the end of this process, with what is needed to go on with them. The upload goes on.
   * Fails like `write`.
   */
  note(details: PartialDetails): Promise<void>;
  /** The same, and lets go of the upload: `Staging.resume` brings it back. Fails like `write`. */
  leave(details: PartialDetails): Promise<void>;
  /** Forgets the upload and frees its space; resolves when that is done, whoever began it. After the seal it does nothing. */
  discard(): Promise<void>;
}
