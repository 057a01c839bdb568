import { digitsIn } from './ascii-digits.ts';
import { byteKinds, type XmlPiece } from './xml-piece.ts';
import { unescapeXml } from './xml-text.ts';

/** Character data of an element. Only true during the call that hands it over. */
export class CharacterData {
  #start = 0;
  #end = 0;
  #kinds = 0;
  readonly #piece: XmlPiece;

  constructor(piece: XmlPiece) {
    this.#piece = piece;
  }

  /** Takes the next stretch, with bits of `byteKinds`. */
  place(start: number, end: number, kinds: number): void {
    this.#start = start;
    this.#end = end;
    this.#kinds = kinds;
  }

  get start(): number {
    return this.#start;
  }

  get end(): number {
    return this.#end;
  }

  /** The bytes in which `start` and `end` are places. */
  get bytes(): Buffer {
    return this.#piece.bytes;
  }

  /** True when the bytes are the text as it stands. */
  get isPlain(): boolean {
    return (this.#kinds & (byteKinds.reference | byteKinds.raw)) !== byteKinds.reference;
  }

  /** True when there may be an escape such as `_x000D_`. */
  get hasUnderscore(): boolean {
    return (this.#kinds & byteKinds.underscore) !== 0;
  }

  /** A number of up to nine digits; -1 when the text is anything else. */
  digits(): number {
    return digitsIn(this.bytes, this.#start, this.#end);
  }

  /** The text that stands there. Throws at an entity that XML itself does not define. */
  string(): string {
    const text = this.#piece.text(this.#start, this.#end, (this.#kinds & byteKinds.beyondAscii) === 0);
    return this.isPlain ? text : unescapeXml(text);
  }
}
