import { describe, expect, test } from '@jest/globals';
import { escapeFormula } from './formula.ts';

describe('escapeFormula', () => {
  test.each([
    '=1+1',
    '+46 70 123 45 67',
    '-1',
    '@SUM(A1)',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(A1)',
    '﹦1',
    '\tx',
    '\rx',
    '\nx',
    ' =1+1',
    '\u00A0=1+1',
    '\u200B=1+1',
    '\uFEFF+1',
    '\u0000=1',
    ' \t-x',
  ])('escapes %j', (text) => {
    expect(escapeFormula(text)).toBe(`'${text}`);
  });

  test.each(['', 'E1', '1+1', 'a=b', ' E1', "'=1", 'name@example.com', '007', '\u00E5-b'])('leaves %j alone', (text) => {
    expect(escapeFormula(text)).toBe(text);
  });
});
