import { describe, expect, test } from '@jest/globals';
import { writtenRanges } from './written-ranges.ts';

describe('what was written', () => {
  test.each([
    ['nothing', [], 0, true],
    ['nothing of one byte', [], 1, false],
    ['one piece', [[0, 5]], 5, true],
    ['less than the size', [[0, 5]], 6, false],
    ['more than the size', [[0, 5]], 3, true],
    ['pieces in order', [[0, 5], [5, 9]], 9, true],
    ['pieces in any order', [[5, 9], [12, 14], [0, 5], [9, 12]], 14, true],
    ['pieces that overlap', [[0, 5], [3, 9], [1, 2]], 9, true],
    ['a hole', [[0, 5], [6, 9]], 9, false],
    ['no beginning', [[1, 9]], 9, false],
    ['an empty piece', [[0, 0], [0, 4]], 4, true],
  ] as [string, [number, number][], number, boolean][])('with %s', (_story, pieces, size, covered) => {
    const ranges = writtenRanges();
    for (const [from, to] of pieces) expect(ranges.add(from, to)).toBe(true);
    expect(ranges.covers(size)).toBe(covered);
  });

  test('is forgotten beyond a cut', () => {
    const ranges = writtenRanges();
    ranges.add(0, 10);
    ranges.add(20, 30);
    ranges.cut(5);
    expect([ranges.covers(5), ranges.covers(6)]).toEqual([true, false]);
    ranges.add(5, 7);
    expect(ranges.covers(7)).toBe(true);
    ranges.cut(0);
    expect(ranges.covers(1)).toBe(false);
  });

  test('may not have gaps without end', () => {
    const ranges = writtenRanges();
    const answers = Array.from({ length: 1001 }, (_, at) => ranges.add(at * 2, at * 2 + 1));
    expect(answers.indexOf(false)).toBe(1000);
  });
});
