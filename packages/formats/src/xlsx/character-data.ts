import { digitsIn } from './ascii-digits.ts';
import { byteKinds, kindOfByte, type XmlPiece } from './xml-piece.ts';
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

  /** Takes all from a place to the next '<', and returns where that is; -1 when it is not there yet. */
  reach(start: number): number {
    const { bytes } = this.#piece;
    const { length } = bytes;
    let kinds = 0;
    let end = start;
    for (; end < length; end++) {
      const kind = kindOfByte[bytes[end] ?? 0] ?? 0;
      if (kind === 0) continue;
      if (kind === byteKinds.lessThan) break;
      kinds |= kind;
    }
    this.place(start, end, kinds);
    return end === length ? -1 : end;
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
