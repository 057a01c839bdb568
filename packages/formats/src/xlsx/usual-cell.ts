import { digitsIn } from './ascii-digits.ts';
import { cellTypeAt, inlineName, valueName, type CellType } from './cell-type.ts';
import type { CharacterData } from './character-data.ts';
import { isAt } from './xml-names.ts';

const lessThan = 0x3c;
const greaterThan = 0x3e;
const slash = 0x2f;
const equals = 0x3d;
const space = 0x20;
const quote = 0x22;
const letters = { c: 0x63, i: 0x69, r: 0x72, s: 0x73, t: 0x74, v: 0x76 } as const;
const lastColumn = 16_384;
/** More than what stands before the value of a usual cell: near the end of a piece cells are left to the scanner. */
const longestHead = 96;
const preserve = Buffer.from(' xml:space="preserve"');

/**
 * A cell in the form in which spreadsheets are usually written, read at one go: only the attributes `r`, `s` and `t`, and at
 * most one value, as in `<c r="A1" s="2" t="s"><v>5</v></c>` or `<c r="A1" t="inlineStr"><is><t>text</t></is></c>`.
 */
export class UsualCell {
  /** Its column, counted from 0; -1 when the cell does not say it. */
  column = -1;
  type: CellType = 'n';
  style = 0;
  /** The number of its shared text; -1 when it has none. */
  shared = -1;
  /** Where the next cell may begin. */
  next = 0;

  /** Reads the cell that begins at a place and puts its value into the text; false when it is written in any other form. */
  read(text: CharacterData, at: number): boolean {
    const { bytes } = text;
    if (at + longestHead >= bytes.length || bytes[at] !== lessThan || bytes[at + 1] !== letters.c) return false;
    const end = this.#attributes(bytes, at + 2);
    if (bytes[end] === slash) return this.#empty(text, end);
    if (bytes[end] !== greaterThan) return false;
    return this.type === 'inlineStr' ? this.#inline(text, end + 1) : this.#value(text, end + 1);
  }

  /** Returns where something else stands than a usual attribute. */
  #attributes(bytes: Uint8Array, from: number): number {
    this.column = -1;
    this.type = 'n';
    this.style = 0;
    this.shared = -1;
    const last = bytes.length - longestHead;
    let at = from;
    while (at < last && bytes[at] === space && bytes[at + 2] === equals && bytes[at + 3] === quote) {
      const letter = bytes[at + 1];
      let end = -1;
      if (letter === letters.r) end = this.#reference(bytes, at + 4);
      else if (letter === letters.t) end = this.#typeName(bytes, at + 4);
      else if (letter === letters.s) end = this.#styleNumber(bytes, at + 4);
      if (end === -1 || bytes[end] !== quote) break;
      at = end + 1;
    }
    return at;
  }

  #reference(bytes: Uint8Array, from: number): number {
    let at = from;
    let column = 0;
    let byte = bytes[at] ?? 0;
    while (byte >= 65 && byte <= 90 && column <= lastColumn) {
      column = column * 26 + byte - 64;
      byte = bytes[++at] ?? 0;
    }
    if (column === 0 || column > lastColumn) return -1;
    this.column = column - 1;
    return afterDigits(bytes, at);
  }

  #typeName(bytes: Uint8Array, from: number): number {
    const type = usualType(bytes, from);
    if (type === 'other') return -1;
    this.type = type;
    return from + type.length;
  }

  #styleNumber(bytes: Uint8Array, from: number): number {
    const end = afterDigits(bytes, from);
    this.style = digitsIn(bytes, from, end);
    return this.style === -1 ? -1 : end;
  }

  #empty(text: CharacterData, slashAt: number): boolean {
    text.place(slashAt, slashAt, 0);
    this.next = slashAt + 2;
    return text.bytes[slashAt + 1] === greaterThan;
  }

  #value(text: CharacterData, from: number): boolean {
    const { bytes } = text;
    if (bytes[from] !== lessThan || bytes[from + 1] !== letters.v || bytes[from + 2] !== greaterThan) return false;
    if (this.type === 's') return this.#number(bytes, from + 3);
    const end = text.reach(from + 3);
    this.next = end + 8;
    return end !== -1 && isEndOf(bytes, end, letters.v) && isEndOf(bytes, end + 4, letters.c);
  }

  #number(bytes: Uint8Array, from: number): boolean {
    let number = 0;
    let at = from;
    let byte = bytes[at] ?? 0;
    while (byte >= 48 && byte <= 57 && number < 1e8) {
      number = number * 10 + byte - 48;
      byte = bytes[++at] ?? 0;
    }
    this.shared = number;
    this.next = at + 8;
    return at > from && isEndOf(bytes, at, letters.v) && isEndOf(bytes, at + 4, letters.c);
  }

  #inline(text: CharacterData, from: number): boolean {
    const { bytes } = text;
    if (bytes[from] !== lessThan || bytes[from + 1] !== letters.i || bytes[from + 2] !== letters.s || bytes[from + 3] !== greaterThan) return false;
    const start = textStart(bytes, from + 4);
    const end = start === -1 ? -1 : text.reach(start);
    if (end === -1 || !isEndOf(bytes, end, letters.t) || !isEndOf(bytes, end + 9, letters.c)) return false;
    this.next = end + 13;
    return bytes[end + 4] === lessThan && bytes[end + 5] === slash && bytes[end + 6] === letters.i && bytes[end + 7] === letters.s && bytes[end + 8] === greaterThan;
  }
}

/** The type whose name stands before a quote; `other` when none does that is known. */
function usualType(bytes: Uint8Array, from: number): CellType {
  if (bytes[from + 1] === quote) return bytes[from] === letters.s ? 's' : cellTypeAt(bytes, from, from + 1);
  if (bytes[from + inlineName.length] === quote && isAt(inlineName, bytes, from)) return 'inlineStr';
  return bytes[from + valueName.length] === quote && isAt(valueName, bytes, from) ? 'str' : 'other';
}

function afterDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  let byte = bytes[at] ?? 0;
  while (byte >= 48 && byte <= 57) byte = bytes[++at] ?? 0;
  return at;
}

/** Where the text behind `<t>` or `<t xml:space="preserve">` begins; -1 when neither stands at a place. */
export function textStart(bytes: Buffer, from: number): number {
  if (bytes[from] !== lessThan || bytes[from + 1] !== letters.t) return -1;
  if (bytes[from + 2] === greaterThan) return from + 3;
  const end = from + 2 + preserve.length;
  return bytes[end] === greaterThan && bytes.compare(preserve, 0, preserve.length, from + 2, end) === 0 ? end + 1 : -1;
}

/** True when the end tag of a name of one letter stands at a place. */
export function isEndOf(bytes: Uint8Array, at: number, letter: number): boolean {
  return bytes[at] === lessThan && bytes[at + 1] === slash && bytes[at + 2] === letter && bytes[at + 3] === greaterThan;
}
