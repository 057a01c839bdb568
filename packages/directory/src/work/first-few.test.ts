import { expect, test } from '@jest/globals';
import { firstFew, mostNamed } from './first-few.ts';

const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `E${index + 1}`);

test.each([
  [1, 'E1'],
  [10, 'E1, E2, E3, E4, E5, E6, E7, E8, E9, E10'],
  [11, 'E1, E2, E3, E4, E5, E6, E7, E8, E9, E10 and 1 more'],
  [500, 'E1, E2, E3, E4, E5, E6, E7, E8, E9, E10 and 490 more'],
])('%i ids', (count, words) => {
  expect(firstFew(ids(count))).toBe(words);
  expect(firstFew(ids(Math.min(count, mostNamed)), count)).toBe(words);
});
