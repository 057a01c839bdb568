import { expect, test } from '@jest/globals';
import { guardCases } from './guard-cases.ts';
import { committedRatios } from './guard.ts';
import { isGoodEnough, ratioLine } from './judge-ratio.ts';

test.each([
  ['low', 10, 5, true],
  ['low', 10.1, 5, false],
  ['low', 1, 5, true],
  ['high', 2.5, 5, true],
  ['high', 2.4, 5, false],
  ['high', 50, 5, true],
  ['low', Number.NaN, 5, false],
  ['high', Number.NaN, 5, false],
] as const)('where %s is good, %d for %d: %p', (good, measured, committed, expected) => {
  expect(isGoodEnough(good, measured, committed)).toBe(expected);
  expect(ratioLine({ name: 'case', good }, measured, committed).endsWith('ok')).toBe(expected);
});

test('every case has its committed ratio, and no ratio is without its case', async () => {
  const committed = await committedRatios();
  expect(Object.keys(committed).sort()).toEqual(guardCases.map(({ name }) => name).sort());
  for (const ratio of Object.values(committed)) expect(ratio).toBeGreaterThan(0);
});
