import { damaged } from '../unreadable.ts';
import { cutText } from './cut-text.ts';
import type { SheetRow } from './sheet-rows.ts';
import { TextStore, type TextStoreOptions } from './text-store.ts';
import { decodeEscapes, unescapeXml } from './xml-text.ts';
import { XmlScanner, type XmlHandler } from './xml-scanner.ts';

/** What to read of the shared texts. */
export interface SharedStringsOptions extends TextStoreOptions {
  /** How many texts are needed, from the first on; all when left out. */
  readonly count?: number | undefined;
}

/** Reads the texts that cells share. The caller closes the store. */
export async function readSharedStrings(part: AsyncIterable<Uint8Array>, options: SharedStringsOptions): Promise<TextStore> {
  const store = new TextStore(options);
  const collector = new StringCollector(options.limits.maxCellLength);
  const scanner = new XmlScanner(collector);
  const wanted = options.count ?? Infinity;
  try {
    for await (const chunk of part) {
      scanner.push(chunk);
      for (const text of collector.texts.splice(0)) await store.add(text);
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
  readonly texts: string[] = [];
  wantsText = false;
  readonly #longest: number;
  #text = '';
  #phonetic = 0;

  constructor(longest: number) {
    this.#longest = longest;
  }

  open(name: string, _attributes: string, depth: number): void {
    if (depth === 2) this.#text = '';
    else if (name === 'rPh') this.#phonetic++;
    else if (name === 't') this.wantsText = this.#phonetic === 0;
  }

  close(name: string, depth: number): void {
    if (name === 't') this.wantsText = false;
    else if (name === 'rPh') this.#phonetic--;
    else if (depth === 2 && name === 'si') this.texts.push(decodeEscapes(this.#text));
  }

  text(text: string, isRaw: boolean): void {
    this.#text = cutText(this.#text + (isRaw ? text : unescapeXml(text)), this.#longest);
  }
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
