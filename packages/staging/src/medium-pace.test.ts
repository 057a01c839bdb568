import { expect, test } from '@jest/globals';
import { mediumPace } from './medium-pace.ts';

/** Files that were sealed together, in milliseconds, and whether the medium counts as quick afterwards. */
type Told = readonly [ms: number, files: number, isQuick: boolean];

test.each<[string, readonly Told[]]>([
  ['quick after some quick files, one by one or together', [[0.1, 1, false], [1.4, 14, false], [0.4, 4, true], [0.1, 1, true]]],
  ['not slow for one file that kept the processor waiting', [[3, 30, true], [1.2, 1, true], [0.1, 1, true]]],
  ['slow for longer, the slower a file was', [[3, 30, true], [5, 1, false], [1.5, 15, true], [100, 1, false], [1, 10, false], [4, 40, true]]],
  ['slow while all are', [[3, 30, true], [0.9, 3, true], [3, 10, false], [30, 100, false]]],
])('a medium is %s', (_what, all) => {
  const pace = mediumPace();
  expect(pace.isQuick).toBe(false);
  for (const [ms, files, isQuick] of all) {
    pace.took(ms, files);
    expect([ms, files, pace.isQuick]).toEqual([ms, files, isQuick]);
  }
});
