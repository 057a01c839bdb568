import { damaged } from '../unreadable.ts';
import type { CharacterData } from './character-data.ts';
import { cutText } from './cut-text.ts';
import type { SheetRow } from './sheet-row.ts';
import { TextStore, type TextStoreOptions } from './text-store.ts';
import type { XmlTag } from './xml-tag.ts';
import { isEndOf, textStart } from './usual-cell.ts';
import { decodeEscapes } from './xml-text.ts';
import { XmlScanner, type XmlHandler } from './xml-scanner.ts';

/** What to read of the shared texts. */
export interface SharedStringsOptions extends TextStoreOptions {
  /** How many texts are needed, from the first on; all when left out. */
  readonly count?: number | undefined;
}

/** Reads the texts that cells share. The caller closes the store. */
export async function readSharedStrings(part: AsyncIterable<Uint8Array>, options: SharedStringsOptions): Promise<TextStore> {
  const store = new TextStore(options);
  const scanner = new XmlScanner(new StringCollector(store, options.limits.maxCellLength));
  const wanted = options.count ?? Infinity;
  try {
    for await (const chunk of part) {
      scanner.push(chunk);
      await store.settle();
      if (store.count >= wanted) return store;
    }
    scanner.end();
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

/** Joins the runs of rich text and leaves phonetic guides out. */
class StringCollector implements XmlHandler {
  wantsText = false;
  readonly #store: TextStore;
  readonly #longest: number;
  #mayHaveEscapes = false;
  #phonetic = 0;

  constructor(store: TextStore, longest: number) {
    this.#store = store;
    this.#longest = longest;
  }

  usual(text: CharacterData, from: number, depth: number): number {
    if (depth !== 1) return from;
    const { bytes } = text;
    let at = from;
    for (;;) {
      if (at + longestBeginning > bytes.length) return at;
      const start = isString(bytes, at) ? textStart(bytes, at + 4) : -1;
      const end = start === -1 ? -1 : text.reach(start);
      if (end === -1 || !isEndOf(bytes, end, letterT) || end + 9 > bytes.length || !isStringEnd(bytes, end + 4)) return at;
      this.#begin();
      if (start < end) this.text(text);
      this.#keep();
      at = end + 9;
    }
  }

  open(name: string, _tag: XmlTag, depth: number): void {
    if (depth === 2) this.#begin();
    else if (name === 't') this.wantsText = this.#phonetic === 0;
    else if (name === 'rPh') this.#phonetic++;
  }

  close(name: string, depth: number): void {
    if (name === 't') this.wantsText = false;
    else if (name === 'rPh') this.#phonetic--;
    else if (depth === 2 && name === 'si') this.#keep();
  }

  text(text: CharacterData): void {
    const store = this.#store;
    this.#mayHaveEscapes ||= text.hasUnderscore;
    if (text.isPlain) store.append(text.bytes, text.start, text.end);
    else store.appendText(text.string());
    if (store.openBytes > this.#longest) store.rewrite((whole) => cutText(whole, this.#longest));
  }

  #begin(): void {
    this.#phonetic = 0;
    this.#mayHaveEscapes = false;
    if (this.#store.openBytes > 0) this.#store.rewrite(() => '');
  }

  #keep(): void {
    if (this.#mayHaveEscapes) this.#store.rewrite(decodeEscapes);
    this.#store.keep();
  }
}

const letterT = 0x74;
/** More than what stands before a text: near the end of a piece texts are left to the scanner. */
const longestBeginning = 48;

/** True when `<si>` stands at a place. */
function isString(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x3c && bytes[at + 1] === 0x73 && bytes[at + 2] === 0x69 && bytes[at + 3] === 0x3e;
}

/** True when `</si>` stands at a place. */
function isStringEnd(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x3c && bytes[at + 1] === 0x2f && bytes[at + 2] === 0x73 && bytes[at + 3] === 0x69 && bytes[at + 4] === 0x3e;
}

/** Puts the shared texts into cells that name them by number. Throws when there is no such text. */
export async function fillSharedStrings(rows: readonly SheetRow[], store: TextStore): Promise<void> {
  for (const { cells } of rows) {
    for (let position = 0; position < cells.length; position++) {
      const cell = cells[position];
      if (typeof cell !== 'number') continue;
      const text = store.text(cell);
      if (text === null) throw damaged('a cell names a text that is not there');
      cells[position] = typeof text === 'string' ? text : await text;
    }
  }
}
