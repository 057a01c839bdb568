import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { copyLines } from './copy-lines.ts';

async function* batchesOf<Item>(batches: readonly (readonly Item[])[]): AsyncGenerator<readonly Item[]> {
  for (const batch of batches) yield await Promise.resolve(batch);
}

test('the pieces are the lines of all batches one behind the other, however long they are', async () => {
  const line = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.tuple(fc.constantFrom('a', 'ö', '李', '🙂'), fc.integer({ min: 1, max: 60_000 })).map(([letter, times]) => letter.repeat(times)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(line, { maxLength: 4 }), { maxLength: 5 }), async (batches) => {
      const pieces: Buffer[] = [];
      for await (const piece of copyLines(batchesOf(batches), (text) => `${text}\n`)) pieces.push(piece);
      expect(Buffer.concat(pieces).toString()).toBe(batches.flat().map((text) => `${text}\n`).join(''));
      expect(pieces.every((piece) => piece.length > 0)).toBe(true);
    }),
  );
});
