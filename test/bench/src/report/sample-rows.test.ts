import { expect, test } from '@jest/globals';
import { sampleRows, usualResult } from './sample-rows.ts';

test('one row in a hundred is not as usual, every result is there, and no id twice', () => {
  const rows = [...sampleRows(100_000)];
  expect(rows.filter(({ result }) => result !== usualResult).length).toBe(1_000);
  expect(new Set(rows.map(({ result }) => result))).toEqual(new Set(['unchanged', 'updated', 'created', 'rejected', 'deactivated', 'reactivated']));
  expect(rows.filter(({ hasFinding }) => hasFinding).length).toBe(200);
  expect(new Set(rows.map(({ externalId }) => externalId)).size).toBe(rows.length);
  expect(rows.at(-1)).toMatchObject({ ordinal: 100_000, row: 100_001 });
});
