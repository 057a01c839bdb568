import type { Scratch, ScratchFile } from '../scratch.ts';
import { beyondLimit } from '../unreadable.ts';
import type { FormatLimits } from '../limits.ts';

const pageBytes = 64 * 1024;
const keptPages = 256;

/** Where texts are kept. */
export interface TextStoreOptions {
  readonly limits: FormatLimits;
  readonly scratch?: Scratch | undefined;
}

/**
 * Keeps many texts by number: as bytes in one buffer, and beyond the limit in a scratch file. Life: `add` all texts, then
 * `text` in any order, then `close`.
 */
export class TextStore {
  readonly #limits: FormatLimits;
  readonly #scratch: Scratch | undefined;
  #file: ScratchFile | null = null;
  #bytes = Buffer.allocUnsafe(64 * 1024);
  /** Bytes in the buffer, and before it in the file. */
  #used = 0;
  #written = 0;
  #ends = new Float64Array(1024);
  #count = 0;
  readonly #pages = new Map<number, Promise<Uint8Array>>();

  constructor({ limits, scratch }: TextStoreOptions) {
    this.#limits = limits;
    this.#scratch = scratch;
  }

  get count(): number {
    return this.#count;
  }

  /** Keeps a text under the next number. */
  async add(text: string): Promise<void> {
    if (this.#count >= this.#limits.maxSharedStrings) throw beyondLimit(`more than ${this.#limits.maxSharedStrings} different texts`);
    const length = Buffer.byteLength(text);
    if (this.#used + length > this.#limits.maxSharedStringBytes) await this.#spill();
    if (this.#used + length > this.#bytes.length) this.#grow(this.#used + length);
    this.#used += this.#bytes.write(text, this.#used);
    if (this.#count === this.#ends.length) {
      const ends = new Float64Array(this.#count * 2);
      ends.set(this.#ends);
      this.#ends = ends;
    }
    this.#ends[this.#count++] = this.#written + this.#used;
  }

  /** The text of a number; `null` when there is none. A promise only when it must be read from the scratch. */
  text(index: number): string | null | Promise<string> {
    if (!(index >= 0 && index < this.#count)) return null;
    const start = index === 0 ? 0 : (this.#ends[index - 1] ?? 0);
    const end = this.#ends[index] ?? start;
    if (start >= this.#written) return this.#bytes.toString('utf8', start - this.#written, end - this.#written);
    return this.#read(start, end);
  }

  /** Removes what was put on the scratch. */
  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
  }

  async #spill(): Promise<void> {
    if (this.#scratch === undefined) throw beyondLimit(`more than ${this.#limits.maxSharedStringBytes} bytes of different texts`);
    this.#file ??= await this.#scratch.open();
    await this.#file.append(this.#bytes.subarray(0, this.#used));
    this.#written += this.#used;
    this.#used = 0;
  }

  #grow(needed: number): void {
    const bytes = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(bytes, 0, 0, this.#used);
    this.#bytes = bytes;
  }

  /** A text never lies partly in the file and partly in the buffer, since the buffer is written as a whole. */
  async #read(start: number, end: number): Promise<string> {
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
