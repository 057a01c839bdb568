import { expect, test } from '@jest/globals';
import { emailKey, nameKey } from './records.ts';

test.each([
  ['Ada.Berg@Example.com', 'ada.berg@example.com'],
  ['ÅSA@example.com', 'åsa@example.com'],
  ['A\u030Asa@example.com', 'åsa@example.com'],
  ['I@example.com', 'i@example.com'],
])('the address %s is compared as %s', (address, key) => {
  expect(emailKey(address)).toBe(key);
  expect(emailKey(key)).toBe(key);
});

test.each([
  ['Sales team', 'sales team'],
  ['  SALES \u00A0\t team\n', 'sales team'],
  ['Stra\u00DFe', 'stra\u00DFe'],
  ['FO\u0308RSA\u0308LJNING', 'försäljning'],
  ['', ''],
  [' ', ''],
])('the name %j is compared as %j', (name, key) => {
  expect(nameKey(name)).toBe(key);
  expect(nameKey(key)).toBe(key);
});

test('every character is compared as after normalising, wherever it stands', () => {
  for (let code = 0; code <= 0xffff; code++) {
    const char = String.fromCharCode(code);
    for (const text of [char, `A${char}B ${char}`, `${char}\u0301 A`]) {
      const normal = text.normalize('NFC');
      if (emailKey(text) === normal.toLowerCase() && nameKey(text) === normal.trim().replace(/\s+/gu, ' ').toLowerCase()) continue;
      throw new Error(`U+${code.toString(16)}: ${JSON.stringify([text, emailKey(text), nameKey(text)])}`);
    }
  }
});
