import type { Scratch } from '../scratch.ts';
import { beyondLimit } from '../unreadable.ts';
import type { FormatLimits } from '../limits.ts';
import { RecentTexts } from './recent-texts.ts';
import { SpilledBytes } from './spilled-bytes.ts';

/** Where texts are kept. */
export interface TextStoreOptions {
  readonly limits: FormatLimits;
  readonly scratch?: Scratch | undefined;
}

/** Room that is left beside the limit, for what comes between two calls of `settle`. */
const slack = 1024 * 1024;
/** A buffer that is full from this size on gets all the room there is: what is never written takes no memory, but each copy does. */
const largeBytes = 4 * 1024 * 1024;
/** Places of texts are kept in 32 bits. */
const lastPlace = 0xffff_ffff;

/**
 * Keeps many texts by number: as bytes in one buffer, and beyond the limit in a scratch file. Life: each text is appended,
 * perhaps rewritten, and kept; `settle` now and then; then `text` in any order, then `close`.
 */
export class TextStore {
  readonly #limits: FormatLimits;
  readonly #spilled: SpilledBytes;
  #bytes = Buffer.allocUnsafe(64 * 1024);
  /** Bytes in the buffer; of the texts that are kept; and before them in the file. */
  #used = 0;
  #kept = 0;
  #written = 0;
  #ends = new Uint32Array(1024);
  #count = 0;
  #recent: RecentTexts | null = null;

  constructor({ limits, scratch }: TextStoreOptions) {
    this.#limits = limits;
    this.#spilled = new SpilledBytes(scratch);
  }

  get count(): number {
    return this.#count;
  }

  /** Bytes of the text that is not kept yet. */
  get openBytes(): number {
    return this.#used - this.#kept;
  }

  /** Adds bytes of UTF-8 to the text that is not kept yet. */
  append(bytes: Uint8Array, start: number, end: number): void {
    this.#makeRoom(end - start);
    const to = this.#bytes;
    let used = this.#used;
    for (let at = start; at < end; at++) to[used++] = bytes[at] ?? 0;
    this.#used = used;
  }

  /** Adds to the text that is not kept yet. */
  appendText(text: string): void {
    this.#makeRoom(Buffer.byteLength(text));
    this.#used += this.#bytes.write(text, this.#used);
  }

  /** Changes the text that is not kept yet. */
  rewrite(change: (text: string) => string): void {
    const text = change(this.#bytes.toString('utf8', this.#kept, this.#used));
    this.#used = this.#kept;
    this.appendText(text);
  }

  /** Keeps the text that was appended under the next number. */
  keep(): void {
    if (this.#count >= this.#limits.maxSharedStrings) throw beyondLimit(`more than ${this.#limits.maxSharedStrings} different texts`);
    if (this.#count === this.#ends.length) {
      const ends = new Uint32Array(this.#count * 2);
      ends.set(this.#ends);
      this.#ends = ends;
    }
    if (this.#written + this.#used > lastPlace) throw beyondLimit(`more than ${lastPlace} bytes of different texts`);
    this.#kept = this.#used;
    this.#ends[this.#count++] = this.#written + this.#used;
  }

  /** Moves what is beyond the limit to the scratch. Rejects when there is none. */
  async settle(): Promise<void> {
    const { maxSharedStringBytes } = this.#limits;
    if (this.#used <= maxSharedStringBytes || this.#kept === 0) return;
    await this.#spilled.append(this.#bytes.subarray(0, this.#kept), maxSharedStringBytes);
    this.#bytes.copy(this.#bytes, 0, this.#kept, this.#used);
    this.#written += this.#kept;
    this.#used -= this.#kept;
    this.#kept = 0;
  }

  /** The text of a number; `null` when there is none. A promise only when it must be read from the scratch. */
  text(index: number): string | null | Promise<string> {
    if (!(index >= 0 && index < this.#count)) return null;
    const recent = (this.#recent ??= new RecentTexts(this.#count));
    const known = recent.find(index);
    if (known !== undefined) return known;
    const start = index === 0 ? 0 : (this.#ends[index - 1] ?? 0);
    const end = this.#ends[index] ?? start;
    if (start < this.#written) return this.#spilled.text(start, end);
    const text = textAt(this.#bytes, start - this.#written, end - this.#written);
    recent.offer(index, text);
    return text;
  }

  /** Removes what was put on the scratch. */
  async close(): Promise<void> {
    await this.#spilled.close();
  }

  #makeRoom(length: number): void {
    const needed = this.#used + length;
    if (needed <= this.#bytes.length) return;
    const most = this.#limits.maxSharedStringBytes + slack;
    const enough = this.#bytes.length < largeBytes ? Math.min(this.#bytes.length * 2, most) : most;
    const bytes = Buffer.allocUnsafe(Math.max(needed, enough));
    this.#bytes.copy(bytes, 0, 0, this.#used);
    this.#bytes = bytes;
  }
}

/** Text of one byte a character is made in half the time when that is known. */
function textAt(bytes: Buffer, start: number, end: number): string {
  for (let at = start; at < end; at++) if ((bytes[at] ?? 0) >= 0x80) return bytes.toString('utf8', start, end);
  return bytes.toString('latin1', start, end);
}
