import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bytesOf, type ByteSource } from './byte-source.ts';
import { SlidingBytes } from './sliding-bytes.ts';

/** Reads as a file is read: into the memory that is lent to it. */
function fileOf(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (position, length, into = new Uint8Array(length)) => {
      await Promise.resolve();
      into.set(bytes.subarray(position, position + length));
      return into.subarray(0, Math.max(0, Math.min(length, bytes.length - position)));
    },
  };
}

test.each([
  ['lends its own bytes', bytesOf],
  ['uses the memory that it is lent', fileOf],
])('every byte is there once, whatever is left over of a piece, with a source that %s', async (_how, sourceOf) => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ bytes: fc.uint8Array({ maxLength: 60 }), chunkBytes: fc.integer({ min: 1, max: 20 }), shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }) }),
      async ({ bytes, chunkBytes, shares }) => {
        const from = Math.min(bytes.length, chunkBytes - 1);
        const sliding = new SlidingBytes(sourceOf(bytes), { chunkBytes, from });
        const done: number[] = [];
        for (let turn = 0, share = 0; await sliding.slide(share); turn++) {
          const end = sliding.offset + sliding.bytes.length;
          expect([...sliding.bytes]).toEqual([...bytes.subarray(sliding.offset, end)]);
          share = Math.floor((shares[turn % shares.length] ?? 0) * sliding.bytes.length);
          done.push(...sliding.bytes.subarray(0, share));
        }
        const left = done.length + from - sliding.offset;
        expect([...done, ...sliding.bytes.subarray(left)]).toEqual([...bytes.subarray(from)]);
      },
    ),
  );
});

test('what keeps the source from being read is told to whoever slides on', async () => {
  const broken: ByteSource = { size: 30, read: (position) => (position === 0 ? Promise.resolve(new Uint8Array(10)) : Promise.reject(new Error('gone'))) };
  const sliding = new SlidingBytes(broken, { chunkBytes: 10 });
  expect(await sliding.slide(0)).toBe(true);
  await expect(sliding.slide(0)).rejects.toThrow('gone');
});
