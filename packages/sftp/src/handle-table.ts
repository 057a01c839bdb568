import { randomUUID } from 'node:crypto';
import type { SftpEntry, SftpHandle } from './files.ts';
import type { OpenFlags } from './open-flags.ts';
import { SftpError } from './sftp-error.ts';

/** A file that the client has open. */
export interface OpenFile {
  readonly kind: 'file';
  readonly file: SftpHandle;
  readonly flags: OpenFlags;
  /** What the first failed WRITE is answered with: the file cannot be whole any more. */
  writeError: SftpError | undefined;
  /** The end of the last append, which the next one waits for. */
  appended: Promise<unknown>;
}

/** A directory that the client is listing. */
export interface OpenDirectory {
  readonly kind: 'directory';
  readonly path: string;
  readonly entries: Iterator<SftpEntry> | AsyncIterator<SftpEntry>;
  exhausted: boolean;
}

/** What a handle may stand for. */
export type Opened = OpenFile | OpenDirectory;

/** What is open in one session. Handles are random, so that one session's cannot be guessed or mistaken in another. */
export class HandleTable {
  readonly #opened = new Map<string, Opened>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Throws an `SftpError` when nothing more may be opened. */
  checkRoom(): void {
    if (this.#opened.size >= this.#limit) {
      throw new SftpError('failure', `Too many open handles: ${this.#limit} are allowed.`);
    }
  }

  add(opened: Opened): string {
    const handle = randomUUID();
    this.#opened.set(handle, opened);
    return handle;
  }

  /** Throws an `SftpError` when there is no such handle. */
  get(handle: string): Opened {
    const opened = this.#opened.get(handle);
    if (opened === undefined) throw new SftpError('failure', 'There is no such handle.');
    return opened;
  }

  file(handle: string): OpenFile {
    const opened = this.get(handle);
    if (opened.kind !== 'file') throw new SftpError('failure', 'The handle is that of a directory.');
    return opened;
  }

  directory(handle: string): OpenDirectory {
    const opened = this.get(handle);
    if (opened.kind !== 'directory') throw new SftpError('failure', 'The handle is that of a file.');
    return opened;
  }

  /** Takes one out: whatever becomes of it, the handle is of no more use. */
  take(handle: string): Opened {
    const opened = this.get(handle);
    this.#opened.delete(handle);
    return opened;
  }

  /** Takes all out. */
  takeAll(): readonly Opened[] {
    const all = [...this.#opened.values()];
    this.#opened.clear();
    return all;
  }
}
