import { describe, expect, test } from '@jest/globals';
import { cellValue } from './cell-value.ts';

describe('cellValue', () => {
  test.each([
    ['', null],
    ['=1+1', '=1+1'],
    ['007', '007'],
    ['a\tb\r\nc\rd', 'a\tb\nc\nd'],
    ['a\u0000b\u001Bc\u007Fd\u0085e', 'a\uFFFDb\uFFFDc\uFFFDd\uFFFDe'],
    ['\uD800 \uFFFF 😀', '\uFFFD \uFFFD 😀'],
    [' two  blanks ', { richText: [{ text: ' two  blanks ' }] }],
    ['_x0041_ _x41_ a_x', { richText: [{ text: '_x005F_x0041_ _x41_ a_x' }] }],
  ])('makes %j into %j', (text, cell) => {
    expect(cellValue(text)).toEqual(cell);
  });

  test('cuts what a cell cannot hold, but no character in two', () => {
    expect(cellValue('x'.repeat(32_767))).toHaveLength(32_767);
    expect(cellValue('x'.repeat(40_000))).toBe(`${'x'.repeat(32_766)}…`);
    expect(cellValue(`${'x'.repeat(32_765)}😀x`)).toBe(`${'x'.repeat(32_765)}…`);
  });
});
