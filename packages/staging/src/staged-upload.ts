import { Failure, type Envelope, type JobId } from '@rosterport/domain';
import { diskFailure } from './disk-failure.ts';
import type { DiskFile } from './disk.ts';
import type { HeldBytes } from './held-bytes.ts';
import type { PartialDetails } from './partial-note.ts';
import { runningHash, type RunningHash } from './running-hash.ts';
import type { WholeFile } from './shelf.ts';
import type { Declared, SealDetails, SealedBytes, Upload } from './upload.ts';

/** What an upload needs from the staging area. */
export interface UploadOptions {
  readonly jobId: JobId;
  /** The largest size in bytes. */
  readonly limitBytes: number;
  /** `null` while there is none: it is made once bytes are written to it. */
  readonly file: DiskFile | null;
  readonly create: () => Promise<DiskFile>;
  /** How many bytes it has already. */
  readonly size: number;
  /** Where its bytes are kept while it is small, so that they are written when it is sealed; none for one that has some. */
  readonly held: HeldBytes | undefined;
  /** Puts a note beside the bytes; takes it away again. */
  readonly note: (details: PartialDetails) => Promise<void>;
  readonly forgetNote: () => Promise<void>;
  /** Called when the upload has been left. */
  readonly onLeft: () => void;
  /** Turns the file into a sealed one; it is closed then, also when that fails. */
  readonly place: (found: SealedBytes, details: SealDetails, whole: Omit<WholeFile, 'isNew'>) => Promise<Envelope>;
  /** Removes the partial file. */
  readonly remove: () => Promise<void>;
}

/** An upload over a partial file, which is there from the beginning on or once the bytes are no longer held in memory. */
export class StagedUpload implements Upload {
  readonly #options: UploadOptions;
  readonly #hash: RunningHash = runningHash();
  readonly #pending = new Set<Promise<unknown>>();
  #file: DiskFile | null;
  #held: HeldBytes | undefined;
  #size: number;
  /** How often the file was cut: a note that was meant before a cut would promise what is gone. */
  #cuts = 0;
  /** Resolves when the last truncation is done, or what was held is written; writes begun after it must land after it. */
  #before: Promise<unknown> = Promise.resolve();
  /** Ends when the last note is put down. */
  #noted: Promise<void> = Promise.resolve();
  /** Why nothing more may happen: a failure, or the code of one that is made when somebody asks, since most end so. */
  #ended: Failure | 'uploadExists' | 'uploadIncomplete' | undefined;
  /** Why the bytes were thrown away, which happens once. */
  #gone: Failure | undefined;
  /** Ends when the bytes that were thrown away are gone from the disk. */
  #leaving: Promise<void> = Promise.resolve();
  #isOpen = true;

  constructor(options: UploadOptions) {
    this.#options = options;
    this.#size = options.size;
    this.#file = options.file;
    this.#held = options.held;
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
    this.#size = Math.max(this.#size, position + bytes.length);
    if (this.#held?.put(position, bytes) === true) return;
    this.#spill();
    this.#hash.written(position, bytes);
    const before = this.#before;
    await this.#run(async () => {
      await before;
      await this.#writeAll(position, bytes);
    });
  }

  async truncate(size: number): Promise<void> {
    const refusal = this.#refusal(size, size);
    if (refusal !== undefined) throw await refusal;
    this.#size = size;
    this.#cuts += 1;
    if (this.#held?.cut(size) === true) return;
    this.#spill();
    this.#hash.truncated(size);
    const before = [...this.#pending];
    await this.#runFirst(async () => {
      await Promise.allSettled(before);
      await this.#options.forgetNote();
      await this.#open().truncate(size);
    });
  }

  /** Begins to write what is held: from here on the file has its bytes on the disk. */
  #spill(): void {
    const held = this.#held;
    if (held === undefined) return;
    this.#held = undefined;
    const { bytes } = held;
    this.#hash.written(0, bytes);
    const spilled = this.#runFirst(() => this.#writeFirst(bytes).finally(() => held.free()));
    // Whatever comes next fails in the same way.
    spilled.catch(() => undefined);
  }

  async #writeFirst(bytes: Uint8Array): Promise<void> {
    this.#file ??= await this.#options.create();
    await this.#writeAll(0, bytes);
  }

  /** The file, once it was made; where that failed, the upload has ended. */
  #open(): DiskFile {
    if (this.#file === null) throw new Failure('uploadIncomplete');
    return this.#file;
  }

  async #writeAll(position: number, bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      at += await this.#open().write(bytes.subarray(at), position + at);
    }
  }

  async sync(): Promise<void> {
    this.#refuseEnded();
    this.#spill();
    const before = [...this.#pending];
    await this.#run(async () => {
      await Promise.allSettled(before);
      await this.#open().sync();
    });
  }

  async seal(details: SealDetails, declared: Declared = {}): Promise<Envelope> {
    this.#refuseEnded();
    this.#ended = 'uploadExists';
    try {
      if (this.#pending.size > 0) await Promise.all(this.#pending);
      const bytes = this.#held?.bytes ?? null;
      const sha256 = this.#held?.digest() ?? (await this.#hash.digest(this.#size, (into, position) => this.#open().read(into, position)));
      const found = { size: this.#size, sha256 };
      compare(found, declared);
      // A large file would keep small ones waiting, were it synced where they are sealed.
      if (bytes === null) await this.#open().sync();
      this.#isOpen = false;
      const envelope = await this.#options.place(found, details, { file: this.#file, bytes });
      this.#letGo();
      return envelope;
    } catch (error) {
      throw await this.#giveUp(diskFailure(error));
    }
  }

  async head(most: number): Promise<Uint8Array> {
    this.#refuseEnded();
    if (this.#held !== undefined) return this.#held.bytes.slice(0, most);
    await Promise.all(this.#pending);
    const bytes = new Uint8Array(Math.min(most, this.#size));
    let got = 0;
    for (let more = -1; more !== 0 && got < bytes.length; got += more) {
      more = await this.#open().read(bytes.subarray(got), got);
    }
    return bytes.subarray(0, got);
  }

  async note(details: PartialDetails): Promise<void> {
    const cuts = this.#cuts;
    await this.sync();
    this.#refuseEnded();
    if (cuts !== this.#cuts) return;
    // Two at once would write one file.
    const noted = this.#noted.then(() => this.#options.note(details));
    this.#noted = noted.catch(() => undefined);
    await this.#run(() => noted);
  }

  async leave(details: PartialDetails): Promise<void> {
    await this.note(details);
    this.#refuseEnded();
    this.#ended = 'uploadIncomplete';
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
    if (this.#ended !== undefined) return failureOf(this.#ended);
    if (!Number.isSafeInteger(position) || position < 0) {
      return new Failure('requestInvalid', { values: { problem: 'the position is not one that a file can have' } });
    }
    const limit = this.#options.limitBytes;
    return end > limit ? this.#giveUp(new Failure('fileTooLarge', { values: { limit } })) : undefined;
  }

  #refuseEnded(): void {
    if (this.#ended !== undefined) throw failureOf(this.#ended);
  }

  /** Runs a step that ends before the writes that are begun after it. */
  #runFirst(step: () => Promise<void>): Promise<void> {
    const running = step();
    this.#before = running.catch(() => undefined);
    return this.#run(() => running);
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
    // A descriptor that is closed may be that of another file before a write that is under way gets to it.
    await Promise.allSettled(this.#pending);
    this.#letGo();
    await this.#closeFile().catch(() => undefined);
    await this.#options.remove().catch(() => undefined);
  }

  #letGo(): void {
    this.#held?.free();
    this.#held = undefined;
  }

  async #closeFile(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#file?.close();
  }
}

function failureOf(ended: Failure | 'uploadExists' | 'uploadIncomplete'): Failure {
  return typeof ended === 'string' ? new Failure(ended) : ended;
}

function compare(found: SealedBytes, { size = found.size, sha256 = found.sha256 }: Declared): void {
  const problem =
    size !== found.size ? `it has ${found.size} bytes instead of ${size}` : sha256 !== found.sha256 ? 'its SHA-256 is another' : null;
  if (problem !== null) throw new Failure('uploadDamaged', { values: { problem } });
}
