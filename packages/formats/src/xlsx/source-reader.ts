import { Readable } from 'node:stream';

import { RandomAccessReader } from 'yauzl';

import type { ByteSource } from '../byte-source.ts';
import { damaged, Unreadable } from '../unreadable.ts';

/** Lets yauzl read a byte source, and tells faults of the source from damage of the archive. */
export class SourceReader extends RandomAccessReader {
  readonly #source: ByteSource;
  #fault: { readonly error: unknown } | null = null;

  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }

  override read(...[buffer, offset, length, position, callback]: Parameters<RandomAccessReader['read']>): void {
    this.#source.read(position, length).then(
      (bytes) => {
        buffer.set(bytes, offset);
        // Read like fs.read, whose callback also gets the number of bytes; the published type leaves it out.
        (callback as (error: null, count: number) => void)(null, bytes.length);
      },
      (error: unknown) => {
        this.#fault = { error };
        callback(error as Error);
      },
    );
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#range(start, end));
  }

  async *#range(start: number, end: number): AsyncGenerator<Uint8Array> {
    yield await this.#source.read(start, end - start);
  }

  /** Runs a step of yauzl. What it throws means that the archive is damaged, unless the source itself failed. */
  async attempt<Result>(step: () => Promise<Result>): Promise<Result> {
    try {
      return await step();
    } catch (error) {
      if (this.#fault !== null) throw this.#fault.error;
      if (error instanceof Unreadable) throw error;
      throw damaged('its archive is broken or cut off', error);
    }
  }
}
