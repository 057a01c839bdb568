/**
 * Remembers which texts came more than once, in about 40 bytes a text however long it is. May wrongly say so of a text that
 * came once, never the other way round: what it catches is to be compared in full.
 */
export interface Sieve {
  add(text: string): void;
  /** True for every text that was added more than once. */
  caught(text: string): boolean;
  /** True when nothing was added twice. */
  isEmpty(): boolean;
}

/** A sieve without anything in it. */
export function makeSieve(): Sieve {
  const seen = new Set<number>();
  const repeated = new Set<number>();
  return {
    add: (text) => {
      const print = fingerprint(text);
      if (seen.has(print)) repeated.add(print);
      else seen.add(print);
    },
    caught: (text) => repeated.has(fingerprint(text)),
    isEmpty: () => repeated.size === 0,
  };
}

/** 53 bits, as many as a number holds exactly: two runs of FNV-1a with different starts. */
function fingerprint(text: string): number {
  let one = 0x811c9dc5;
  let other = 0x9747b28c;
  for (let position = 0; position < text.length; position++) {
    const unit = text.charCodeAt(position);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x5bd1e995);
    other ^= other >>> 15;
  }
  return (other & 0x1fffff) * 0x1_0000_0000 + (one >>> 0);
}
