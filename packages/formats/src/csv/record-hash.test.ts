import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hashRecord } from './record-hash.ts';

const viewOf = ({ buffer, byteOffset, length }: Uint8Array): DataView => new DataView(buffer, byteOffset, length);

function hashOf(bytes: Uint8Array, seed = [0, 0, 0, 0]): Uint8Array {
  const hash = new Uint32Array(4);
  hashRecord({ view: viewOf(bytes), start: 0, end: bytes.length }, Uint32Array.from(seed), hash);
  const result = new Uint8Array(16);
  hash.forEach((word, index) => { new DataView(result.buffer).setUint32(index * 4, word, true); });
  return result;
}

describe('hashRecord', () => {
  test('is MurmurHash3_x86_128: it gives the check value of the SMHasher suite', () => {
    const hashes = Buffer.concat(
      Array.from({ length: 256 }, (_, length) => {
        const seed = 256 - length;
        return hashOf(Uint8Array.from({ length }, (__, index) => index), [seed, seed, seed, seed]);
      }),
    );
    expect(Buffer.from(hashOf(hashes)).readUInt32LE(0)).toBe(0xb3ece62a);
  });

  test('depends on the record alone, wherever it stands', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), fc.uint8Array({ maxLength: 20 }), fc.uint8Array({ maxLength: 20 }), (record, before, after) => {
        const bytes = Buffer.concat([before, record, after]);
        const hash = new Uint32Array(4);
        hashRecord({ view: viewOf(bytes), start: before.length, end: before.length + record.length }, new Uint32Array(4), hash);
        expect(Buffer.from(hash.buffer)).toEqual(Buffer.from(hashOf(record)));
      }),
    );
  });

  test('is another for a changed byte, for one byte more, and in each word for another seed of one lane', () => {
    const record = Buffer.from('E1;Åsa;Öberg;asa@example.com;+46701234567;1;SALES');
    const plain = Buffer.from(hashOf(record));
    expect(Buffer.from(hashOf(Buffer.from(record.toString().replace('Åsa', 'Asa'))))).not.toEqual(plain);
    expect(Buffer.from(hashOf(Buffer.concat([record, Buffer.of(0)])))).not.toEqual(plain);
    for (let lane = 0; lane < 4; lane++) {
      const seeded = hashOf(record, [0, 1, 2, 3].map((index) => (index === lane ? 1 : 0)));
      for (let word = 0; word < 16; word += 4) expect(Buffer.from(seeded.subarray(word, word + 4))).not.toEqual(plain.subarray(word, word + 4));
    }
  });
});
