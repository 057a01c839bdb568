import { describe, expect, test } from '@jest/globals';

import { isTokenForm, newToken, tokenHash } from './token.ts';

describe('a token', () => {
  test('has its form and is a new one each time', () => {
    const tokens = Array.from({ length: 1000 }, newToken);
    expect(tokens.every(isTokenForm)).toBe(true);
    expect(new Set(tokens).size).toBe(tokens.length);
  });

  test('stands for 32 bytes', () => {
    expect(Buffer.from(newToken().slice(3), 'base64url')).toHaveLength(32);
  });

  test('is kept as its SHA-256', () => {
    // FIPS 180-4, the example `abc`.
    expect(tokenHash('abc').toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('what is no token', () => {
  const token = `rp_${'a'.repeat(43)}`;
  test.each([
    ['', 'empty'],
    [token.slice(0, -1), 'too short'],
    [`${token}a`, 'too long'],
    [` ${token}`, 'space in front'],
    [`${token}\n`, 'line end behind'],
    [`Bearer ${token}`, 'scheme in front'],
    [token.toUpperCase(), 'other prefix'],
    [`rp_${'+'.repeat(43)}`, 'other alphabet'],
    [`rp_${'\0'.repeat(43)}`, 'NUL bytes'],
    [`rp_${'ä'.repeat(43)}`, 'letters beyond ASCII'],
  ])('%j (%s)', (text) => {
    expect(isTokenForm(text)).toBe(false);
  });
});
