import { expect, test } from '@jest/globals';
import { mediumPace } from './medium-pace.ts';

/** How often the same time was told, in milliseconds, and whether the medium counts as quick afterwards. */
type Told = readonly [times: number, ms: number, isQuick: boolean];

test.each<[string, readonly Told[]]>([
  ['quick after some quick files', [[1, 0.1, false], [14, 0.1, false], [4, 0.1, true], [1, 0.1, true]]],
  ['not slow for one file that kept the processor waiting', [[30, 0.1, true], [1, 1.2, true], [1, 0.1, true]]],
  ['slow for longer, the slower a file was', [[30, 0.1, true], [1, 5, false], [15, 0.1, true], [1, 100, false], [15, 0.1, false], [40, 0.1, true]]],
  ['slow while all are', [[30, 0.1, true], [3, 0.3, true], [10, 0.3, false], [100, 0.3, false]]],
])('a medium is %s', (_what, all) => {
  const pace = mediumPace();
  expect(pace.isQuick).toBe(false);
  for (const [times, ms, isQuick] of all) {
    for (let told = 0; told < times; told += 1) pace.took(ms);
    expect([times, ms, pace.isQuick]).toEqual([times, ms, isQuick]);
  }
});
