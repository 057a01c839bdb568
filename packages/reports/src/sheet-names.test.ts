import { describe, expect, test } from '@jest/globals';
import { sheetNames } from './sheet-names.ts';

describe('sheetNames', () => {
  test.each([
    ['Users', 'Users'],
    ['[a]:b*c?d/e\\f', '_a__b_c_d_e_f'],
    ["'quoted'", '_quoted_'],
    ['', 'Sheet'],
    ['  ', 'Sheet'],
    ['History', 'History (2)'],
    ['a\u0000b', 'a_b'],
    ['x'.repeat(40), 'x'.repeat(31)],
    [`${'x'.repeat(30)}😀`, 'x'.repeat(30)],
    [`${'x'.repeat(30)}'y`, `${'x'.repeat(30)}_`],
  ])('names %j %j', (wanted, name) => {
    expect(sheetNames()(wanted)).toBe(name);
  });

  test('gives no name twice, whatever its case', () => {
    const nameOf = sheetNames();
    const long = 'x'.repeat(31);
    expect(['Report', 'Users', 'REPORT', 'report', long, long].map(nameOf)).toEqual([
      'Report',
      'Users',
      'REPORT (2)',
      'report (3)',
      long,
      `${'x'.repeat(27)} (2)`,
    ]);
  });
});
