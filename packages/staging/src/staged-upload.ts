import { Failure, type Envelope, type JobId } from '@rosterport/domain';
import { diskFailure } from './disk-failure.ts';
import type { DiskFile } from './disk.ts';
import type { PartialDetails } from './partial-note.ts';
import { runningHash, type RunningHash } from './running-hash.ts';

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

/** What an upload needs from the staging area. */
export interface UploadOptions {
  readonly jobId: JobId;
  /** The largest size in bytes. */
  readonly limitBytes: number;
  readonly file: DiskFile;
  /** How many bytes it has already. */
  readonly size: number;
  /** Puts a note beside the bytes; takes it away again. */
  readonly note: (details: PartialDetails) => Promise<void>;
  readonly forgetNote: () => Promise<void>;
  /** Called when the upload has been left. */
  readonly onLeft: () => void;
  /** Turns the file into a sealed one; `whole` resolves when it is closed and its bytes are on the medium. */
  readonly place: (bytes: SealedBytes, details: SealDetails, whole: Promise<void>) => Promise<Envelope>;
  /** Removes the partial file. */
  readonly remove: () => Promise<void>;
}

/** An upload over an open partial file. */
export class StagedUpload implements Upload {
  readonly #options: UploadOptions;
  readonly #hash: RunningHash = runningHash();
  readonly #pending = new Set<Promise<unknown>>();
  #size: number;
  /** How often the file was cut: a note that was meant before a cut would promise what is gone. */
  #cuts = 0;
  /** Resolves when the last truncation is done; writes begun after it must land after it. */
  #truncated: Promise<unknown> = Promise.resolve();
  /** Why nothing more may happen. */
  #ended: Failure | undefined;
  /** Why the bytes were thrown away, which happens once. */
  #gone: Failure | undefined;
  /** Ends when the bytes that were thrown away are gone from the disk. */
  #leaving: Promise<void> = Promise.resolve();
  #isOpen = true;

  constructor(options: UploadOptions) {
    this.#options = options;
    this.#size = options.size;
  }

  get jobId(): JobId {
    return this.#options.jobId;
  }

  get size(): number {
    return this.#size;
  }

  async write(position: number, bytes: Uint8Array): Promise<void> {
    const refusal = this.#refusal(position, position + bytes.length);
    if (refusal !== undefined) throw await refusal;
    if (bytes.length === 0) return;
    this.#hash.written(position, bytes);
    this.#size = Math.max(this.#size, position + bytes.length);
    const truncated = this.#truncated;
    await this.#run(async () => {
      await truncated;
      for (let at = 0; at < bytes.length; ) {
        at += await this.#options.file.write(bytes.subarray(at), position + at);
      }
    });
  }

  async truncate(size: number): Promise<void> {
    const refusal = this.#refusal(size, size);
    if (refusal !== undefined) throw await refusal;
    this.#hash.truncated(size);
    this.#size = size;
    this.#cuts += 1;
    const before = [...this.#pending];
    const running = this.#run(async () => {
      await Promise.allSettled(before);
      await this.#options.forgetNote();
      await this.#options.file.truncate(size);
    });
    this.#truncated = running.catch(() => undefined);
    await running;
  }

  async sync(): Promise<void> {
    if (this.#ended !== undefined) throw this.#ended;
    const before = [...this.#pending];
    await this.#run(async () => {
      await Promise.allSettled(before);
      await this.#options.file.sync();
    });
  }

  async seal(details: SealDetails, declared: Declared = {}): Promise<Envelope> {
    if (this.#ended !== undefined) throw this.#ended;
    this.#ended = new Failure('uploadExists');
    try {
      await Promise.all(this.#pending);
      const { file, place } = this.#options;
      const sha256 = await this.#hash.digest(this.#size, (into, position) => file.read(into, position));
      const bytes = { size: this.#size, sha256 };
      compare(bytes, declared);
      const whole = file.sync().then(() => this.#closeFile());
      return await place(bytes, details, whole);
    } catch (error) {
      throw await this.#giveUp(diskFailure(error));
    }
  }

  async head(most: number): Promise<Uint8Array> {
    if (this.#ended !== undefined) throw this.#ended;
    await Promise.all(this.#pending);
    const bytes = new Uint8Array(Math.min(most, this.#size));
    let got = 0;
    for (let more = -1; more !== 0 && got < bytes.length; got += more) {
      more = await this.#options.file.read(bytes.subarray(got), got);
    }
    return bytes.subarray(0, got);
  }

  async note(details: PartialDetails): Promise<void> {
    const cuts = this.#cuts;
    await this.sync();
    if (this.#ended !== undefined) throw this.#ended;
    if (cuts === this.#cuts) await this.#run(() => this.#options.note(details));
  }

  async leave(details: PartialDetails): Promise<void> {
    await this.note(details);
    if (this.#ended !== undefined) throw this.#ended;
    this.#ended = new Failure('uploadIncomplete');
    try {
      await this.#closeFile();
    } finally {
      this.#options.onLeft();
    }
  }

  async discard(): Promise<void> {
    if (this.#ended === undefined) await this.#giveUp(new Failure('uploadIncomplete'));
    await this.#leaving;
  }

  /** Why the file may not reach to `end`; it is told without waiting, so that calls keep their order. */
  #refusal(position: number, end: number): Failure | Promise<Failure> | undefined {
    if (this.#ended !== undefined) return this.#ended;
    if (!Number.isSafeInteger(position) || position < 0) {
      return new Failure('requestInvalid', { values: { problem: 'the position is not one that a file can have' } });
    }
    const limit = this.#options.limitBytes;
    return end > limit ? this.#giveUp(new Failure('fileTooLarge', { values: { limit } })) : undefined;
  }

  /** Runs a step on the disk; a step that fails ends the upload, because nobody knows what the file holds then. */
  async #run(step: () => Promise<void>): Promise<void> {
    const running = step();
    this.#pending.add(running);
    try {
      await running;
    } catch (error) {
      throw await this.#giveUp(diskFailure(error));
    } finally {
      this.#pending.delete(running);
    }
  }

  /** A sync that failed is never tried again: the system may have dropped the bytes and call the next one a success. */
  async #giveUp(failure: Failure): Promise<Failure> {
    if (this.#gone !== undefined) return this.#gone;
    this.#gone = failure;
    this.#ended = failure;
    this.#leaving = this.#removeFile();
    await this.#leaving;
    return failure;
  }

  /** What cannot be closed or removed here is swept later; the sender is told why the upload ended. */
  async #removeFile(): Promise<void> {
    await this.#closeFile().catch(() => undefined);
    await this.#options.remove().catch(() => undefined);
  }

  async #closeFile(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#options.file.close();
  }
}

function compare(found: SealedBytes, { size = found.size, sha256 = found.sha256 }: Declared): void {
  const problem =
    size !== found.size ? `it has ${found.size} bytes instead of ${size}` : sha256 !== found.sha256 ? 'its SHA-256 is another' : null;
  if (problem !== null) throw new Failure('uploadDamaged', { values: { problem } });
}
