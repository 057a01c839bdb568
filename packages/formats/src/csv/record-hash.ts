import type { RecordBatch } from './record-scanner.ts';

/** Four words of 32 bits. */
export type HashWords = Uint32Array;

/** A record's bytes, from `start` up to `end`. */
export interface RecordView {
  readonly view: DataView;
  readonly start: number;
  readonly end: number;
}

const c1 = 0x239b961b;
const c2 = 0xab0e9789;
const c3 = 0x38b34ae5;
const c4 = 0xa1e38b93;

/** The hashes of all records of a batch without their line ends, one behind the other. */
export function hashRecords({ bytes, ends, lineEnd }: RecordBatch, seed: HashWords): Uint32Array {
  const hashes = new Uint32Array(ends.length * 4);
  const hash: HashWords = new Uint32Array(4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let start = 0;
  for (let index = 0; index < ends.length; index++) {
    const next = ends[index] ?? 0;
    hashRecord({ view, start, end: next - lineEnd.length }, seed, hash);
    for (let word = 0; word < 4; word++) hashes[index * 4 + word] = hash[word] ?? 0;
    start = next;
  }
  return hashes;
}

/**
 * The 128-bit hash of a record under a seed of four words, written to `hash`: MurmurHash3_x86_128 (Austin Appleby, public
 * domain) but that each of its four lanes has a seed of its own. It is no secret of anybody's: who makes two of their own
 * records collide only keeps their own change from being seen.
 */
export function hashRecord({ view, start, end }: RecordView, seed: HashWords, hash: HashWords): void {
  let h1 = seed[0] ?? 0;
  let h2 = seed[1] ?? 0;
  let h3 = seed[2] ?? 0;
  let h4 = seed[3] ?? 0;
  let at = start;
  for (const last = end - 16; at <= last; at += 16) {
    h1 = (Math.imul(rotl(h1 ^ scramble1(view.getInt32(at, true)), 19) + h2, 5) + 0x561ccd1b) | 0;
    h2 = (Math.imul(rotl(h2 ^ scramble2(view.getInt32(at + 4, true)), 17) + h3, 5) + 0x0bcaa747) | 0;
    h3 = (Math.imul(rotl(h3 ^ scramble3(view.getInt32(at + 8, true)), 15) + h4, 5) + 0x96cd1c35) | 0;
    h4 = (Math.imul(rotl(h4 ^ scramble4(view.getInt32(at + 12, true)), 13) + h1, 5) + 0x32ac3b17) | 0;
  }
  const length = end - start;
  h1 ^= scramble1(restAt(view, at, end)) ^ length;
  h2 ^= scramble2(restAt(view, at + 4, end)) ^ length;
  h3 ^= scramble3(restAt(view, at + 8, end)) ^ length;
  h4 ^= scramble4(restAt(view, at + 12, end)) ^ length;
  // Every lane takes part in every other, before each is stirred and after.
  const sum = (h1 + h2 + h3 + h4) | 0;
  h1 = avalanche(sum);
  h2 = avalanche((h2 + sum) | 0);
  h3 = avalanche((h3 + sum) | 0);
  h4 = avalanche((h4 + sum) | 0);
  const last = h1 + h2 + h3 + h4;
  hash[0] = last;
  hash[1] = h2 + last;
  hash[2] = h3 + last;
  hash[3] = h4 + last;
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

/** The word that begins there as far as the record goes; nothing of it beyond. */
function restAt(view: DataView, at: number, end: number): number {
  let word = 0;
  for (let index = Math.min(at + 4, end) - 1; index >= at; index--) word = (word << 8) | view.getUint8(index);
  return word;
}
