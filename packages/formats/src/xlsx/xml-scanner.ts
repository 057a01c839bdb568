import { isUtf8 } from 'node:buffer';

import { damaged } from '../unreadable.ts';

/** Is told what stands in an XML document. Names come without prefix; depth 1 is the outermost element. */
export interface XmlHandler {
  open(name: string, attributes: string, depth: number): void;
  close(name: string, depth: number): void;
  /** Character data, still escaped unless `isRaw`; only asked for while `wantsText`. */
  text(text: string, isRaw: boolean): void;
  readonly wantsText: boolean;
}

const longestToken = 32 * 1024 * 1024;
const greaterThan = 0x3e;

/**
 * Reads an XML document piece by piece. Takes UTF-8 only and no document type, so that there are no entities to expand;
 * throws at both, and where tags do not pair.
 */
export class XmlScanner {
  readonly #handler: XmlHandler;
  readonly #names: string[] = [];
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #rest = '';
  #isFirst = true;

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  /** Takes the next piece, cut anywhere. */
  push(chunk: Uint8Array): void {
    const end = chunk.lastIndexOf(greaterThan) + 1;
    if (end > 0) {
      const bytes = Buffer.concat([...this.#waiting, chunk.subarray(0, end)]);
      this.#waiting = [];
      this.#waitingBytes = 0;
      this.#scan(this.#rest + this.#decode(bytes));
    }
    if (end === chunk.length) return;
    this.#waiting.push(chunk.slice(end));
    this.#waitingBytes += chunk.length - end;
    if (this.#waitingBytes + this.#rest.length > longestToken) throw damaged('its XML has a part without end');
  }

  /** Says that there are no more pieces. Throws when the document is not closed. */
  end(): void {
    const tail = this.#rest + this.#decode(Buffer.concat(this.#waiting));
    if (this.#isFirst || this.#names.length > 0 || tail.trim() !== '') throw damaged('its XML is cut off');
  }

  #decode(bytes: Buffer): string {
    // A cut behind '>' never divides a character of UTF-8.
    if (!isUtf8(bytes)) throw damaged('its XML is not in UTF-8');
    const text = bytes.toString('utf8');
    if (!this.#isFirst || text === '') return text;
    this.#isFirst = false;
    return text.replace(/^\uFEFF/, '');
  }

  #scan(text: string): void {
    const handler = this.#handler;
    let at = 0;
    for (;;) {
      const tag = text.indexOf('<', at);
      if (tag === -1) break;
      if (tag > at) {
        if (this.#names.length === 0) refuseText(text.slice(at, tag));
        else if (handler.wantsText) handler.text(text.slice(at, tag), false);
      }
      at = tag;
      const end = this.#token(text, tag);
      if (end === -1) break;
      at = end;
    }
    this.#rest = text.slice(at);
    if (this.#rest.length > longestToken) throw damaged('its XML has a part without end');
  }

  /** Reads what begins with '<'; returns where it ends, or -1 when it does not yet. */
  #token(text: string, tag: number): number {
    const second = text.charCodeAt(tag + 1);
    if (second === 0x2f) return this.#endTag(text, tag);
    if (second === 0x3f) return after(text, '?>', tag);
    if (second === 0x21) return this.#marked(text, tag);
    return this.#startTag(text, tag);
  }

  #marked(text: string, tag: number): number {
    if (text.startsWith('<!--', tag)) return after(text, '-->', tag + 4);
    if (!text.startsWith('<![CDATA[', tag)) throw damaged('its XML has a document type, which workbooks do not have');
    const end = after(text, ']]>', tag);
    if (end !== -1 && this.#handler.wantsText) this.#handler.text(text.slice(tag + 9, end - 3), true);
    return end;
  }

  #endTag(text: string, tag: number): number {
    const end = text.indexOf('>', tag);
    if (end === -1) return -1;
    const name = text.slice(tag + 2, end).trimEnd();
    const depth = this.#names.length;
    if (this.#names.pop() !== name) throw damaged('its XML has tags that do not pair');
    this.#handler.close(localName(name), depth);
    return end + 1;
  }

  #startTag(text: string, tag: number): number {
    const end = endOfTag(text, tag);
    if (end === -1) return -1;
    const isEmpty = text.charCodeAt(end - 1) === 0x2f;
    const last = isEmpty ? end - 1 : end;
    let nameEnd = tag + 1;
    while (nameEnd < last && text.charCodeAt(nameEnd) > 32) nameEnd++;
    if (nameEnd === tag + 1) throw damaged('its XML has a tag without a name');
    const name = text.slice(tag + 1, nameEnd);
    const local = localName(name);
    const depth = this.#names.length + 1;
    this.#handler.open(local, nameEnd === last ? '' : text.slice(nameEnd, last), depth);
    if (isEmpty) this.#handler.close(local, depth);
    else this.#names.push(name);
    return end + 1;
  }
}

function refuseText(text: string): void {
  if (text.trim() !== '') throw damaged('its XML has text outside all tags');
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found === -1 ? -1 : found + mark.length;
}

/** The place of the '>' that ends a start tag: not one within an attribute's value. */
function endOfTag(text: string, tag: number): number {
  let at = tag + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x3e) return at;
    if (code !== 0x22 && code !== 0x27) continue;
    at = text.indexOf(code === 0x22 ? '"' : "'", at + 1);
    if (at === -1) return -1;
  }
  return -1;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

/** Reads a whole part. */
export async function scanXml(chunks: AsyncIterable<Uint8Array>, handler: XmlHandler): Promise<void> {
  const scanner = new XmlScanner(handler);
  for await (const chunk of chunks) scanner.push(chunk);
  scanner.end();
}
