import { expect, test } from '@jest/globals';
import type { Result } from '../result.ts';
import { compareSizes } from './measure-sizes.ts';
import { sizesTable } from './sizes-table.ts';

function result(rows: number, seconds: number, peakRssMb: number): Result {
  return {
    ...{ case: 'daily', ids: 'random', faulty: 1, rows, seconds, floorSeconds: 1, ratio: seconds, peakRssMb, repeats: 1 },
    ...{ cpuSeconds: seconds * 2, floorCpuSeconds: 1, cpuRatio: seconds * 2, stagingSeconds: 0, bytes: rows * 100, steps: {}, floorSteps: {} },
  };
}

test('a row of each size is held against one of the first, and memory against a million', () => {
  const { sizes } = compareSizes([result(10_000, 1, 100), result(1_000_000, 50, 200), result(3_000_000, 300, 300)]);
  expect(sizes.map(({ cost, cpuCost, bytesBeyond, microsecondsPerRow }) => ({ cost, cpuCost, bytesBeyond, microsecondsPerRow }))).toEqual([
    { cost: 1, cpuCost: 1, bytesBeyond: null, microsecondsPerRow: 200 },
    { cost: expect.closeTo(0.5), cpuCost: expect.closeTo(0.5), bytesBeyond: null, microsecondsPerRow: 100 },
    { cost: expect.closeTo(1), cpuCost: expect.closeTo(1), bytesBeyond: expect.closeTo(52.4288), microsecondsPerRow: 200 },
  ]);
});

test('without a file of a million rows nothing is said about memory beyond', () => {
  expect(compareSizes([result(2_000_000, 1, 100)]).sizes[0]?.bytesBeyond).toBeNull();
});

test('there is a line for each size', () => {
  expect(sizesTable(compareSizes([result(10_000, 1, 100), result(1_000_000, 50, 200), result(3_000_000, 300, 300)]))).toBe(
    [
      '   rows  seconds   ratio   CPU s  CPU ratio  µs/row  cost  CPU cost  peak MiB  bytes/row beyond',
      '  10000     1.00    1.00    2.00       2.00   200.0  1.00      1.00       100                  ',
      '1000000    50.00   50.00  100.00     100.00   100.0  0.50      0.50       200                  ',
      '3000000   300.00  300.00  600.00     600.00   200.0  1.00      1.00       300              52.4',
      '',
    ].join('\n'),
  );
});
