import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rowsPerChunk, unpackPlaces } from './place-chunk.ts';
import { RowPlaces } from './row-places.ts';

const stretch = fc.record({
  rows: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(rowsPerChunk - 1, rowsPerChunk, rowsPerChunk + 1, 2 * rowsPerChunk + 3)),
  sheet: fc.constantFrom(null, 'Users'),
  gap: fc.constantFrom(0, 0, 3),
  id: fc.constantFrom('E', 'ö\n', null),
  isRun: fc.boolean(),
});

test('rows that are added as a run stand where they do when each is added by itself', () => {
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 12 }), (stretches) => {
      const [one, other] = [new RowPlaces(), new RowPlaces()];
      let row = 1;
      for (const { rows, sheet, gap, id, isRun } of stretches) {
        row += gap;
        const ids = Array.from({ length: rows }, (_, index) => (id === null ? null : `${id}${row + index}`));
        const ordinals = ids.map((text, index) => one.add(sheet, row + index, text));
        if (isRun && id !== null) other.addRun({ sheet, firstRow: row, count: rows, ids: Buffer.from(ids.map((text) => `${text ?? ''}\0`).join('')) });
        else expect(ids.map((text, index) => other.add(sheet, row + index, text))).toEqual(ordinals);
        expect(other.rows).toBe(one.rows);
        row += rows;
      }
      const shown = (places: RowPlaces): unknown => places.finish().map((chunk) => ({ ...chunk, places: unpackPlaces(chunk.places) }));
      expect(shown(other)).toEqual(shown(one));
    }),
    { numRuns: 30 },
  );
});
