/** Four words of 32 bits. */
export type HashWords = Uint32Array;

/** A record's bytes, from `start` up to `end`. */
export interface RecordBytes {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

const c1 = 0x239b961b;
const c2 = 0xab0e9789;
const c3 = 0x38b34ae5;
const c4 = 0xa1e38b93;

/**
 * The 128-bit hash of a record under a seed of four words, written to `hash`: MurmurHash3_x86_128 (Austin Appleby, public
 * domain) but that each of its four lanes has a seed of its own. It is no secret of anybody's: who makes two of their own
 * records collide only keeps their own change from being seen.
 */
export function hashRecord({ bytes, start, end }: RecordBytes, seed: HashWords, hash: HashWords): void {
  let h1 = seed[0] ?? 0;
  let h2 = seed[1] ?? 0;
  let h3 = seed[2] ?? 0;
  let h4 = seed[3] ?? 0;
  let at = start;
  for (const last = end - 16; at <= last; at += 16) {
    h1 = (Math.imul(rotl(h1 ^ scramble1(wordAt(bytes, at)), 19) + h2, 5) + 0x561ccd1b) | 0;
    h2 = (Math.imul(rotl(h2 ^ scramble2(wordAt(bytes, at + 4)), 17) + h3, 5) + 0x0bcaa747) | 0;
    h3 = (Math.imul(rotl(h3 ^ scramble3(wordAt(bytes, at + 8)), 15) + h4, 5) + 0x96cd1c35) | 0;
    h4 = (Math.imul(rotl(h4 ^ scramble4(wordAt(bytes, at + 12)), 13) + h1, 5) + 0x32ac3b17) | 0;
  }
  const length = end - start;
  hash[0] = h1 ^ scramble1(restAt(bytes, at, end)) ^ length;
  hash[1] = h2 ^ scramble2(restAt(bytes, at + 4, end)) ^ length;
  hash[2] = h3 ^ scramble3(restAt(bytes, at + 8, end)) ^ length;
  hash[3] = h4 ^ scramble4(restAt(bytes, at + 12, end)) ^ length;
  spread(hash);
  for (let lane = 0; lane < 4; lane++) hash[lane] = avalanche(hash[lane] ?? 0);
  spread(hash);
}

/** Every lane takes part in every other. */
function spread(hash: HashWords): void {
  const sum = (hash[0] ?? 0) + (hash[1] ?? 0) + (hash[2] ?? 0) + (hash[3] ?? 0);
  hash[0] = sum;
  for (let lane = 1; lane < 4; lane++) hash[lane] = (hash[lane] ?? 0) + sum;
}

function avalanche(word: number): number {
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
}

const scramble1 = (word: number): number => Math.imul(rotl(Math.imul(word, c1), 15), c2);
const scramble2 = (word: number): number => Math.imul(rotl(Math.imul(word, c2), 16), c3);
const scramble3 = (word: number): number => Math.imul(rotl(Math.imul(word, c3), 17), c4);
const scramble4 = (word: number): number => Math.imul(rotl(Math.imul(word, c4), 18), c1);

function rotl(word: number, turn: number): number {
  return (word << turn) | (word >>> (32 - turn));
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}

/** The word that begins there as far as the record goes; nothing of it beyond. */
function restAt(bytes: Uint8Array, at: number, end: number): number {
  let word = 0;
  for (let index = Math.min(at + 4, end) - 1; index >= at; index--) word = (word << 8) | (bytes[index] ?? 0);
  return word;
}
