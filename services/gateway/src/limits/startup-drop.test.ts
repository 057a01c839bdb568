import { expect, test } from '@jest/globals';
import { dropShare } from './startup-drop.ts';

test.each([
  [10, 30, 100, 0, 0],
  [10, 30, 100, 9, 0],
  [10, 30, 100, 10, 0.3],
  [10, 30, 100, 55, 0.65],
  [10, 30, 100, 99, 0.992],
  [10, 30, 100, 100, 1],
  [10, 30, 100, 5_000, 1],
  [10, 100, 20, 10, 1],
  [3, 50, 3, 2, 0],
  [3, 50, 3, 3, 1],
  [0, 0, 10, 5, 0.5],
])('start %i, rate %i, full %i: of those who come to %i strangers this share is dropped: %f', (start, rate, full, strangers, share) => {
  expect(dropShare({ start, rate, full }, strangers)).toBeCloseTo(share, 2);
});
