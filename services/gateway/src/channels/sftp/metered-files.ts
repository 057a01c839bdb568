import type { SftpHandle, SftpFiles } from '@rosterport/sftp';
import type { MemoryBudget } from '../../limits/memory-budget.ts';
import { SessionFiles, type SessionFilesOptions } from './session-files.ts';

/** What the transfers of a session come to. */
export interface Meter {
  /** Uploads that are open. */
  uploads: number;
  /** Bytes that were written so far. */
  written: number;
}

/** The files of a session, with its transfers measured and taken from the budget of the process. */
export class MeteredFiles extends SessionFiles {
  readonly #meter: Meter;
  readonly #budget: MemoryBudget;

  constructor(options: SessionFilesOptions, { meter, budget }: { readonly meter: Meter; readonly budget: MemoryBudget }) {
    super(options);
    this.#meter = meter;
    this.#budget = budget;
  }

  override async open(...wanted: Parameters<SessionFiles['open']>): ReturnType<SftpFiles['open']> {
    const [, { write: isUpload }] = wanted;
    const handle = await super.open(...wanted);
    if (isUpload) this.#meter.uploads += 1;
    return this.#metered(handle, () => {
      if (isUpload) this.#meter.uploads -= 1;
    });
  }

  #metered(handle: SftpHandle, onEnd: () => void): SftpHandle {
    const ended = async (end: Promise<void>): Promise<void> => {
      try {
        await end;
      } finally {
        onEnd();
      }
    };
    return {
      ...handle,
      write: (position, bytes) => {
        this.#meter.written += bytes.length;
        return this.#taken(bytes.length, handle.write(position, bytes));
      },
      read: (position, length) => this.#taken(length, handle.read(position, length)),
      close: () => ended(handle.close()),
      abandon: (reason) => ended(handle.abandon(reason)),
    };
  }

  async #taken<Result>(bytes: number, transfer: Promise<Result>): Promise<Result> {
    this.#budget.take(bytes);
    try {
      return await transfer;
    } finally {
      this.#budget.give(bytes);
    }
  }
}
