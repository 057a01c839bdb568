import type { Scratch, ScratchFile } from '../scratch.ts';
import { beyondLimit } from '../unreadable.ts';

const pageBytes = 64 * 1024;
const keptPages = 256;

/** Bytes on the scratch, with the pages of them that were read last. */
export class SpilledBytes {
  readonly #scratch: Scratch | undefined;
  #file: ScratchFile | null = null;
  readonly #pages = new Map<number, Promise<Uint8Array>>();

  constructor(scratch: Scratch | undefined) {
    this.#scratch = scratch;
  }

  /** Adds bytes at the end. Rejects when there is no scratch: then what did not fit the limit is too much. */
  async append(bytes: Uint8Array, limit: number): Promise<void> {
    if (this.#scratch === undefined) throw beyondLimit(`more than ${limit} bytes of different texts`);
    this.#file ??= await this.#scratch.open();
    await this.#file.append(bytes);
  }

  /** The text between two places. */
  async text(start: number, end: number): Promise<string> {
    const parts: Uint8Array[] = [];
    for (let at = start; at < end; ) {
      const number = Math.floor(at / pageBytes);
      const offset = at - number * pageBytes;
      const page = await this.#page(number);
      const part = page.subarray(offset, offset + end - at);
      parts.push(part);
      at += part.length;
      if (part.length === 0) break;
    }
    return Buffer.concat(parts).toString('utf8');
  }

  /** Removes the file. */
  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
  }

  #page(number: number): Promise<Uint8Array> {
    const kept = this.#pages.get(number);
    if (kept !== undefined) {
      this.#pages.delete(number);
      this.#pages.set(number, kept);
      return kept;
    }
    const oldest = this.#pages.keys().next().value;
    if (oldest !== undefined && this.#pages.size >= keptPages) this.#pages.delete(oldest);
    const file = this.#file;
    if (file === null) throw new Error('This store is closed.');
    const page = file.read(number * pageBytes, pageBytes);
    this.#pages.set(number, page);
    return page;
  }
}
