import { expect, test } from '@jest/globals';
import { rulesTable } from './rules-table.ts';

test('a result for people', () => {
  const result = { rows: 200_000, rowsPerSecond: 400_000, peerRowsPerSecond: 40_000, microseconds: 2.5, peerMicroseconds: 25, ratio: 10 };
  expect(rulesTable({ ...result, repeats: 3 }).split('\n')).toEqual([
    'rules           2.50 µs a row, 400000 rows/s',
    'library phones  25.00 µs a row, 40000 rows/s',
    'ratio           10.00',
    '200000 rows of users, processor time; runs: 3, medians',
    '',
  ]);
  expect(rulesTable({ ...result, repeats: 1 })).toContain('runs: 1\n');
});
