import { expect, test } from '@jest/globals';
import { mediumPace } from './medium-pace.ts';

/** Files that were sealed together, in milliseconds, and whether the medium counts as quick afterwards. */
type Told = readonly [ms: number, files: number, isQuick: boolean];

test.each<[string, readonly Told[]]>([
  ['quick after sixteen quick files', [[1, 15, false], [0.1, 1, true], [0.1, 1, true]]],
  ['quick after sixteen that were quick for their number', [[3.9, 16, true]]],
  ['slow from the first slow file on', [[1, 16, true], [0.3, 1, false], [1, 15, false], [0.1, 1, true]]],
  ['slow as long as one of sixteen is slow', [[1, 15, false], [0.3, 1, false], [1, 15, false], [0.3, 1, false]]],
])('a medium is %s', (_what, all) => {
  const pace = mediumPace();
  expect(pace.isQuick).toBe(false);
  for (const [ms, files, isQuick] of all) {
    pace.took(ms, files);
    expect(pace.isQuick).toBe(isQuick);
  }
});
