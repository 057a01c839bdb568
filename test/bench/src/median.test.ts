import { describe, expect, test } from '@jest/globals';
import { median, medians } from './median.ts';

describe('a median', () => {
  test.each([
    [[7], 7],
    [[3, 1], 2],
    [[10, 9, 100], 10],
    [[4, 1, 3, 2], 2.5],
    [[0.5, 0.5, 0.5], 0.5],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  test('leaves the order of its values alone', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  test('of nothing is refused', () => {
    expect(() => median([])).toThrow(RangeError);
  });

  test('of records is taken entry by entry', () => {
    expect(medians([{ plan: 1, apply: 5 }, { plan: 3, apply: 4 }, { plan: 2 }])).toEqual({ plan: 2, apply: 4 });
  });
});
