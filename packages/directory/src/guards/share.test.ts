import { expect, test } from '@jest/globals';
import { exceeds, percent, peopleText, rowsText, shareText } from './share.ts';

test.each([
  [29, 100, 0.29, false],
  [30, 100, 0.29, true],
  [7, 100, 0.07, false],
  [3, 30, 0.1, false],
  [4, 30, 0.1, true],
  [1, 3, 1 / 3, false],
  [5, 5, 1, false],
  [6, 5, 1, true],
  [0, 5, 0, false],
  [1, 1_000_000, 0, true],
])('%i of %i against a share of %d', (count, all, share, more) => {
  expect(exceeds(count, all, share)).toBe(more);
});

test('in words', () => {
  expect([percent(0.1), percent(0.125), percent(2 / 3), percent(1)]).toEqual(['10 %', '12.5 %', '66.7 %', '100 %']);
  expect([peopleText(1), peopleText(2), rowsText(1), rowsText(0)]).toEqual(['1 person', '2 people', '1 row', '0 rows']);
  expect(shareText(3, 20)).toBe('3 of 20 people (15 %)');
  expect(shareText(3, 20, 2)).toBe('3 of 20 people (15 %, 2 of them by earlier files of the last 24 hours)');
});
