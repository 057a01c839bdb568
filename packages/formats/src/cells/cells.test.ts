import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { formatOfCode, formatOfId, plainFormat, type CellFormat } from './cell-format.ts';
import { isoText } from './date-text.ts';
import { numberText } from './number-text.ts';

const day: CellFormat = { kind: 'date', hasDay: true, hasTime: false };
const time: CellFormat = { kind: 'date', hasDay: false, hasTime: true };
const both: CellFormat = { kind: 'date', hasDay: true, hasTime: true };

describe('format codes', () => {
  test.each<[string, CellFormat]>([
    ['General', plainFormat],
    ['0', plainFormat],
    ['#,##0.00 "kr"', plainFormat],
    ['0.00E+00', plainFormat],
    ['[Red]-0;[Blue]0', plainFormat],
    ['@', plainFormat],
    ['"days"', plainFormat],
    ['\\d0', plainFormat],
    ['00000', { kind: 'zeros', digits: 5 }],
    ['00000;-00000', { kind: 'zeros', digits: 5 }],
    ['000-000', plainFormat],
    ['yyyy-mm-dd', day],
    ['m/d/yy', day],
    ['[$-409]d\\ mmm\\ yyyy;@', day],
    ['mmm', day],
    ['d. MMMM YYYY', day],
    ['yyyy-mm-dd hh:mm', both],
    ['m/d/yy h:mm AM/PM', both],
    ['hh:mm:ss.000', time],
    ['[h]:mm', time],
    ['mm:ss', time],
  ])('%s', (code, expected) => {
    expect(formatOfCode(code)).toEqual(expected);
  });

  test.each<[number, CellFormat]>([
    [0, plainFormat],
    [1, plainFormat],
    [14, day],
    [17, day],
    [18, time],
    [21, time],
    [22, both],
    [31, day],
    [45, time],
    [49, plainFormat],
    [57, day],
  ])('number %d', (id, expected) => {
    expect(formatOfId(id)).toEqual(expected);
  });
});

describe('numbers', () => {
  test.each<[string, CellFormat, string]>([
    ['0', plainFormat, '0'],
    ['-0', plainFormat, '0'],
    ['007', plainFormat, '7'],
    ['-12.50', plainFormat, '-12.5'],
    ['1e3', plainFormat, '1000'],
    ['1.5E-7', plainFormat, '0.00000015'],
    ['12E-1', plainFormat, '1.2'],
    ['.5', plainFormat, '0.5'],
    ['1E+400', plainFormat, `1${'0'.repeat(400)}`],
    ['0.1000000000000000055', plainFormat, '0.1'],
    ['not a number', plainFormat, 'not a number'],
    ['42', { kind: 'zeros', digits: 5 }, '00042'],
    ['-42', { kind: 'zeros', digits: 5 }, '-00042'],
    ['123456', { kind: 'zeros', digits: 5 }, '123456'],
    ['4.5', { kind: 'zeros', digits: 5 }, '4.5'],
    ['45306.999999999', both, '2024-01-16T00:00:00'],
    ['45306.999999999', day, '2024-01-15'],
    ['2958465', day, '9999-12-31'],
    ['99999999', day, '99999999'],
    ['1.5', time, '1.5'],
    ['0.5', time, '12:00:00'],
  ])('%s as %j', (stored, format, expected) => {
    expect(numberText(stored, format, false).text).toBe(expected);
  });

  test('keep their value, whatever their size', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), (number) => {
        const kept = Number(number.toPrecision(15));
        const { text } = numberText(String(kept), plainFormat, false);
        expect(text).toMatch(/^-?\d+(\.\d*[1-9])?$/);
        expect(Number(text)).toBe(kept === 0 ? 0 : kept);
      }),
      { numRuns: 1000 },
    );
  });

  test('days are those of the calendar', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1904-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
        const iso = date.toISOString().slice(0, 10);
        const days = Math.round((Date.parse(iso) - Date.parse('1904-01-01')) / 86_400_000);
        expect(numberText(String(days), day, true).text).toBe(iso);
        expect(numberText(String(days + 1462), day, false).text).toBe(iso);
      }),
    );
  });
});

describe('dates written as text', () => {
  test.each<[string, CellFormat, string]>([
    ['2024-01-15', plainFormat, '2024-01-15'],
    ['2024-01-15T00:00:00Z', plainFormat, '2024-01-15'],
    ['2024-01-15T08:30:15.250', plainFormat, '2024-01-15T08:30:15'],
    ['2024-01-15T08:30', day, '2024-01-15'],
    ['2024-01-15', both, '2024-01-15T00:00:00'],
    ['yesterday', day, 'yesterday'],
  ])('%s as %j', (text, format, expected) => {
    expect(isoText(text, format)).toBe(expected);
  });
});
