import { expect, test } from '@jest/globals';
import { Allowance } from './allowance.ts';

test('an allowance is used up, and comes back evenly up to what it holds', () => {
  const allowance = new Allowance(3, 0);
  const taken = [0, 0, 0, 0, 19_999, 20_001, 20_001, 600_000, 600_000, 600_000, 600_000].map((now) => allowance.take(now));
  expect(taken).toEqual([true, true, true, false, false, true, false, true, true, true, false]);
});
