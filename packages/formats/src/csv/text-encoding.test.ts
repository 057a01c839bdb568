import { isUtf8 } from 'node:buffer';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { firstWrongByte, wideEncoding } from './text-encoding.ts';

describe('the first byte that is not UTF-8', () => {
  test.each<[string, number[], ReturnType<typeof firstWrongByte>]>([
    ['none', [0x61, 0xc3, 0xb6, 0xf0, 0x9f, 0x98, 0x80], null],
    ['a letter of Windows-1252', [0x61, 0xf6, 0x62], { at: 1, cut: false }],
    ['a lone follower', [0x80], { at: 0, cut: false }],
    ['a character cut at the end', [0x61, 0xe2, 0x82], { at: 1, cut: true }],
    ['an overlong slash', [0xc0, 0xaf], { at: 0, cut: false }],
    ['a surrogate', [0x61, 0xed, 0xa0, 0x80], { at: 1, cut: false }],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80], { at: 0, cut: false }],
  ])('%s', (_name, bytes, expected) => {
    expect(firstWrongByte(Uint8Array.from(bytes))).toEqual(expected);
  });

  test('agrees with the platform about any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        expect(firstWrongByte(bytes) === null).toBe(isUtf8(bytes));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('wide encodings', () => {
  const text = 'Employee ID;First Name;Last Name;Email\n';
  test.each<[string, Buffer, string | null]>([
    ['UTF-8', Buffer.from(text), null],
    ['UTF-8 with one NUL', Buffer.from(`${text}E1;A\0da;Berg;\n`), null],
    ['UTF-16 with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'UTF-16 (little-endian)'],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le'), 'UTF-16 (little-endian)'],
    ['UTF-16 the other way round', Buffer.from(text, 'utf16le').swap16(), 'UTF-16 (big-endian)'],
    ['the same with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(), 'UTF-16 (big-endian)'],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x45, 0, 0, 0]), 'UTF-32'],
  ])('%s', (_name, bytes, expected) => {
    expect(wideEncoding(bytes)).toBe(expected);
  });
});
