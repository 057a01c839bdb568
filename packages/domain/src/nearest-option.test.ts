import { expect, test } from '@jest/globals';
import { nearestOption } from './nearest-option.ts';

test.each([
  ['lund', 'Lund'],
  ['Lund-', 'Lund'],
  ['Lnd', 'Lund'],
  ['Luund', 'Lund'],
  ['Lurd', 'Lund'],
  ['Lnud', 'Lund'],
  ['Ludn', 'Lund'],
  ['Olso', 'Oslo'],
  ['Lnudd', null],
  ['dnuL', null],
  ['Ab', null],
  ['Paris', null],
])('%s was probably meant as %s', (text, meant) => {
  expect(nearestOption(text, ['Oslo', 'Lund', 'Ba'])).toBe(meant);
});
