import { damaged } from '../unreadable.ts';

/** The name of an element. */
export interface XmlName {
  readonly bytes: Uint8Array;
  /** Without prefix. */
  readonly local: string;
}

const slots = 256;

/** Remembers names by their bytes, so that a text is made of each only once. However many there are, it does not grow. */
export class XmlNames {
  readonly #names: (XmlName | undefined)[] = new Array<undefined>(slots).fill(undefined);

  /** The name that begins at a place and goes on to a space, `/` or `>`. Throws when there is none. */
  at(bytes: Buffer, start: number): XmlName {
    let hash = 0;
    let end = start;
    for (; ; end++) {
      const byte = bytes[end] ?? 0;
      if (byte <= 0x20 || byte === 0x3e || byte === 0x2f) break;
      hash = (hash * 31 + byte) | 0;
    }
    const slot = hash & (slots - 1);
    const known = this.#names[slot];
    if (known?.bytes.length === end - start && isAt(known.bytes, bytes, start)) return known;
    const text = bytes.toString('utf8', start, end);
    if (!/^[^"'<=&!?]+$/.test(text)) throw damaged('its XML has a tag without a name');
    const name = { bytes: Uint8Array.from(bytes.subarray(start, end)), local: localName(text) };
    this.#names[slot] = name;
    return name;
  }
}

/** True when these bytes stand at a place. */
export function isAt(expected: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let at = 0; at < expected.length; at++) if (expected[at] !== bytes[start + at]) return false;
  return true;
}

function localName(name: string): string {
  const local = name.slice(name.indexOf(':') + 1);
  // Keys of objects are kept once in V8, so that comparing one with a name in the source compares two addresses.
  return Object.keys({ [local]: true })[0] ?? local;
}
