import { expect, test } from '@jest/globals';
import { countedRows, noCounts, rowResults } from './row-result.ts';

test('the counts add up over all results', () => {
  expect(Object.keys(noCounts)).toEqual([...rowResults]);
  expect(countedRows(noCounts)).toBe(0);
  expect(countedRows({ rejected: 1, skipped: 2, created: 4, reactivated: 8, deactivated: 16, updated: 32, unchanged: 64 })).toBe(127);
});
