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
