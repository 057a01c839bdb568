import { isUtf8 } from 'node:buffer';

import { damaged } from '../unreadable.ts';
import { CharacterData } from './character-data.ts';
import { isAt, XmlNames, type XmlName } from './xml-names.ts';
import { byteKinds, XmlPiece } from './xml-piece.ts';
import { XmlTag } from './xml-tag.ts';

/** Is told what stands in an XML document. Names come without prefix; depth 1 is the outermost element. */
export interface XmlHandler {
  open(name: string, tag: XmlTag, depth: number): void;
  close(name: string, depth: number): void;
  /** Character data; only asked for while `wantsText`. */
  text(text: CharacterData): void;
  readonly wantsText: boolean;
  /**
   * Takes elements that stand at a place by itself, where they are written as usual, and returns where it stopped: at the
   * place itself, or behind a whole element. Asked before each tag, `depth` elements being open; left out when it never does.
   */
  usual?(text: CharacterData, at: number, depth: number): number;
  /** True when what was told so far should be taken away before more is told; left out when it never is. */
  readonly isFull?: boolean;
}

const longestToken = 32 * 1024 * 1024;
const lessThan = 0x3c;
const greaterThan = 0x3e;
const slash = 0x2f;
const lastSpace = 0x20;
const equals = 0x3d;
const colon = 0x3a;
const doubleQuote = 0x22;
const singleQuote = 0x27;

/**
 * Reads an XML document piece by piece, as bytes: texts are only made where they are asked for. Takes UTF-8 only and no
 * document type, so that there are no entities to expand; throws at both, and where tags do not pair.
 */
export class XmlScanner {
  readonly #handler: XmlHandler;
  readonly #names = new XmlNames();
  readonly #open: XmlName[] = [];
  readonly #piece = new XmlPiece();
  readonly #tag = new XmlTag(this.#piece);
  readonly #text = new CharacterData(this.#piece);
  #buffer = Buffer.alloc(0);
  /** Bytes in the buffer, how many of them are scanned, and how many are known to be UTF-8. */
  #length = 0;
  #at = 0;
  #checked = 0;
  #isStarted = false;
  #hasRoot = false;

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  /** Takes the next piece, cut anywhere, and tells all that stands in it. */
  push(chunk: Uint8Array): void {
    this.add(chunk);
    while (this.scan());
  }

  /** Takes the next piece. What was told before must have been scanned to its end. */
  add(chunk: Uint8Array): void {
    const rest = this.#length - this.#at;
    this.#makeRoom(rest + chunk.length);
    this.#buffer.set(chunk, rest);
    this.#checked = Math.max(0, this.#checked - this.#at);
    this.#length = rest + chunk.length;
    this.#at = 0;
    // All that ends with '>' can be scanned; a cut behind it never divides a character.
    const end = rest + chunk.lastIndexOf(greaterThan) + 1;
    if (end === rest) {
      this.#piece.bytes = this.#buffer.subarray(0, 0);
    } else {
      if (!isUtf8(this.#buffer.subarray(this.#checked, end))) throw damaged('its XML is not in UTF-8');
      this.#checked = end;
      this.#piece.bytes = this.#buffer.subarray(0, end);
      this.#start();
    }
  }

  /** Tells what stands in the pieces so far; true when the handler was full and there may be more. */
  scan(): boolean {
    const { bytes } = this.#piece;
    const handler = this.#handler;
    while (this.#at < bytes.length) {
      let tag = bytes[this.#at] === lessThan ? this.#at : this.#characters(this.#at);
      if (tag === -1) break;
      if (handler.usual !== undefined) tag = handler.usual(this.#text, tag, this.#open.length);
      this.#at = tag;
      if (bytes[tag] !== lessThan) continue;
      const end = this.#token(tag);
      if (end === -1) break;
      this.#at = end;
      if (handler.isFull === true) return true;
    }
    if (this.#length - this.#at > longestToken) throw damaged('its XML has a part without end');
    return false;
  }

  /** Says that there are no more pieces. Throws when the document is not closed. */
  end(): void {
    const tail = this.#buffer.subarray(this.#at, this.#length);
    if (!this.#hasRoot || this.#open.length > 0 || !isBlank(tail)) throw damaged('its XML is cut off');
  }

  /** Moves what is not scanned yet to the front of a buffer of at least this size. */
  #makeRoom(needed: number): void {
    const old = this.#buffer;
    if (needed > old.length) this.#buffer = Buffer.allocUnsafe(Math.max(needed, old.length + (old.length >> 1)));
    old.copy(this.#buffer, 0, this.#at, this.#length);
  }

  #start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    const [first, second, third] = this.#buffer;
    if (first === 0xef && second === 0xbb && third === 0xbf) this.#at = 3;
  }

  /** Tells of the characters before the next '<'; returns where that is, or -1 when it is not there yet. */
  #characters(from: number): number {
    const { bytes } = this.#piece;
    const at = this.#text.reach(from);
    if (at === -1) return -1;
    if (this.#open.length === 0) {
      if (!isBlank(bytes.subarray(from, at))) throw damaged('its XML has text outside all tags');
    } else if (this.#handler.wantsText) this.#handler.text(this.#text);
    return at;
  }

  /** Reads what begins with '<'; returns where it ends, or -1 when it does not yet. */
  #token(tag: number): number {
    const second = this.#piece.bytes[tag + 1];
    if (second === slash) return this.#endTag(tag);
    if (second === 0x3f) return this.#after('?>', tag);
    if (second === 0x21) return this.#marked(tag);
    return this.#startTag(tag);
  }

  #after(mark: string, from: number): number {
    const found = this.#piece.bytes.indexOf(mark, from);
    return found === -1 ? -1 : found + mark.length;
  }

  #marked(tag: number): number {
    const { bytes } = this.#piece;
    const mark = bytes.toString('latin1', tag, tag + 9);
    if (mark.startsWith('<!--')) return this.#after('-->', tag + 4);
    if (mark !== '<![CDATA[') throw damaged('its XML has a document type, which workbooks do not have');
    const end = this.#after(']]>', tag);
    if (end !== -1 && this.#handler.wantsText) {
      this.#text.place(tag + 9, end - 3, byteKinds.beyondAscii | byteKinds.underscore | byteKinds.raw);
      this.#handler.text(this.#text);
    }
    return end;
  }

  #endTag(tag: number): number {
    const { bytes } = this.#piece;
    const depth = this.#open.length;
    const name = this.#open.pop();
    if (name === undefined || !isAt(name.bytes, bytes, tag + 2)) throw damaged('its XML has tags that do not pair');
    const end = afterSpaces(bytes, tag + 2 + name.bytes.length);
    if (bytes[end] !== greaterThan) throw damaged('its XML has tags that do not pair');
    this.#handler.close(name.local, depth);
    return end + 1;
  }

  #startTag(tag: number): number {
    const { bytes } = this.#piece;
    const name = this.#names.at(bytes, tag + 1);
    this.#tag.clear();
    const end = this.#attributes(tag + 1 + name.bytes.length);
    if (end === -1) return -1;
    const isEmpty = bytes[end] === slash;
    const depth = this.#open.length + 1;
    this.#hasRoot = true;
    this.#handler.open(name.local, this.#tag, depth);
    if (!isEmpty) this.#open.push(name);
    else if (bytes[end + 1] === greaterThan) this.#handler.close(name.local, depth);
    else throw unreadableTag();
    return isEmpty ? end + 2 : end + 1;
  }

  /** Finds the attributes of a tag; returns where its '>' or '/' is, or -1 when the tag has no end yet. */
  #attributes(from: number): number {
    const { bytes } = this.#piece;
    let at = from;
    while (at !== -1) {
      let byte = bytes[at];
      if (byte === 0x20) byte = bytes[++at];
      if (byte === greaterThan || byte === slash) return at;
      if (byte === undefined) return -1;
      if (byte <= lastSpace) at = afterSpaces(bytes, at);
      else at = this.#attributeValue(this.#attributeName(at));
    }
    return -1;
  }

  /** Takes a name without its prefix; returns where it ends. */
  #attributeName(from: number): number {
    const { bytes } = this.#piece;
    let start = from;
    let at = from;
    for (; ; at++) {
      const byte = bytes[at] ?? 0;
      if (byte <= lastSpace || byte === equals || byte === greaterThan) break;
      if (byte === colon) start = at + 1;
      else if (byte === doubleQuote || byte === singleQuote || byte === lessThan) throw unreadableTag();
    }
    if (at === start) throw unreadableTag();
    this.#tag.addName(start, at);
    return at;
  }

  /** Takes a value with its equals sign; returns what comes behind its quote, or -1 when it has no end yet. */
  #attributeValue(from: number): number {
    const { bytes } = this.#piece;
    const open = bytes[from] === equals && bytes[from + 1] === doubleQuote ? from + 1 : openingQuote(bytes, from);
    if (open === -1) return -1;
    const quote = bytes[open];
    const { length } = bytes;
    let close = open + 1;
    while (close < length && bytes[close] !== quote) close++;
    if (close === length) return -1;
    this.#tag.addValue(open + 1, close);
    return close + 1;
  }
}

/** Where the quote behind an equals sign is, with any spaces before both; -1 when it is not there yet. */
function openingQuote(bytes: Buffer, from: number): number {
  const sign = afterSpaces(bytes, from);
  const open = afterSpaces(bytes, sign + 1);
  if (sign < bytes.length && bytes[sign] !== equals) throw unreadableTag();
  if (open >= bytes.length) return -1;
  if (bytes[open] !== doubleQuote && bytes[open] !== singleQuote) throw unreadableTag();
  return open;
}

function afterSpaces(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] ?? 0) <= lastSpace) at++;
  return at;
}

function unreadableTag(): Error {
  return damaged('its XML has a tag that cannot be read');
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === lastSpace || (byte >= 9 && byte <= 13));
}

/** Reads a whole part. */
export async function scanXml(chunks: AsyncIterable<Uint8Array>, handler: XmlHandler): Promise<void> {
  const scanner = new XmlScanner(handler);
  for await (const chunk of chunks) scanner.push(chunk);
  scanner.end();
}
