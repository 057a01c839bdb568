import fc from 'fast-check';

/** One thing done to bytes; positions are shares of the length, so that a change fits any packet. */
type Mutation =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'word'; readonly at: number; readonly value: number }
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'insert'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'drop'; readonly at: number; readonly length: number };

const at = fc.double({ min: 0, max: 0.999, noNaN: true });
const telling = fc.constantFrom(0, 1, 4, 0x7fffffff, 0x80000000, 0xffffffff, 257 * 1024, 257 * 1024 + 1);

/** What may be done to a stream of packets: bits flipped, lengths and counts replaced, bytes cut off, put in or left out. */
export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('flip' as const), at, bit: fc.nat(7) }),
    fc.record({ kind: fc.constant('word' as const), at, value: telling }),
    fc.record({ kind: fc.constant('cut' as const), at }),
    fc.record({ kind: fc.constant('insert' as const), at, bytes: fc.uint8Array({ minLength: 1, maxLength: 20 }) }),
    fc.record({ kind: fc.constant('drop' as const), at, length: fc.integer({ min: 1, max: 20 }) }),
  ),
  { maxLength: 4 },
);

/** The bytes after all that. */
export function mutated(bytes: Buffer, changes: readonly Mutation[]): Buffer {
  return changes.reduce(changed, Buffer.from(bytes));
}

function changed(bytes: Buffer, mutation: Mutation): Buffer {
  const place = Math.floor(mutation.at * bytes.length);
  switch (mutation.kind) {
    case 'flip':
      if (bytes.length > 0) bytes.writeUInt8((bytes[place] ?? 0) ^ (1 << mutation.bit), place);
      return bytes;
    case 'word':
      if (place + 4 <= bytes.length) bytes.writeUInt32BE(mutation.value, place);
      return bytes;
    case 'cut':
      return bytes.subarray(0, place);
    case 'insert':
      return Buffer.concat([bytes.subarray(0, place), mutation.bytes, bytes.subarray(place)]);
    case 'drop':
      return Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + mutation.length)]);
  }
}

/** Cuts bytes into chunks at these shares of the length. */
export function inChunks(bytes: Buffer, shares: readonly number[]): readonly Buffer[] {
  const places = [...shares.map((share) => Math.floor(share * bytes.length)), 0, bytes.length].sort((one, other) => one - other);
  return places.slice(1).map((end, before) => bytes.subarray(places[before], end));
}

/** Where a stream may be cut. */
export const cuts: fc.Arbitrary<readonly number[]> = fc.array(at, { maxLength: 8 });
