import { damaged } from '../unreadable.ts';
import { digitsIn } from './ascii-digits.ts';
import type { XmlPiece } from './xml-piece.ts';
import { unescapeXml } from './xml-text.ts';

const mostAttributes = 1024;

/** The attributes of a start tag, by their names without prefix. Only true during the call that hands them over. */
export class XmlTag {
  #count = 0;
  readonly #piece: XmlPiece;
  /** Where each name begins and ends, and each value. */
  readonly #places = new Int32Array(mostAttributes * 4);

  constructor(piece: XmlPiece) {
    this.#piece = piece;
  }

  get count(): number {
    return this.#count;
  }

  /** The bytes in which the values have their places. */
  get bytes(): Buffer {
    return this.#piece.bytes;
  }

  /** Forgets the attributes of the tag before. */
  clear(): void {
    this.#count = 0;
  }

  /** Takes where the name of the next attribute stands. */
  addName(start: number, end: number): void {
    if (this.#count === mostAttributes) throw damaged('its XML has a tag that cannot be read');
    this.#places[this.#count * 4] = start;
    this.#places[this.#count * 4 + 1] = end;
  }

  /** Takes where its value stands. */
  addValue(start: number, end: number): void {
    this.#places[this.#count * 4 + 2] = start;
    this.#places[this.#count * 4 + 3] = end;
    this.#count++;
  }

  /** The name of an attribute, when it is a single letter, as its code; 0 for every other one. */
  letter(index: number): number {
    const start = this.#place(index, 0);
    return this.#place(index, 1) === start + 1 ? (this.#piece.bytes[start] ?? 0) : 0;
  }

  valueStart(index: number): number {
    return this.#place(index, 2);
  }

  valueEnd(index: number): number {
    return this.#place(index, 3);
  }

  /** The value of an attribute as it is written, still escaped. */
  value(index: number): string {
    return this.#piece.bytes.toString('utf8', this.valueStart(index), this.valueEnd(index));
  }

  /** A value of up to nine digits; -1 when it is anything else. */
  digits(index: number): number {
    return digitsIn(this.#piece.bytes, this.valueStart(index), this.valueEnd(index));
  }

  /** All attributes, unescaped; of two with one name the last. */
  all(): ReadonlyMap<string, string> {
    const attributes = new Map<string, string>();
    for (let index = 0; index < this.#count; index++) {
      attributes.set(this.#piece.bytes.toString('utf8', this.#place(index, 0), this.#place(index, 1)), unescapeXml(this.value(index)));
    }
    return attributes;
  }

  #place(index: number, which: number): number {
    return this.#places[index * 4 + which] ?? 0;
  }
}
