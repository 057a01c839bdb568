import { expect, test } from '@jest/globals';
import { requireVersion } from './required-version.ts';

test.each([140_000, 140_012, 150_018, 180_004])('%d is new enough', (number) => {
  expect(() => requireVersion(number, 'x')).not.toThrow();
});

test.each([
  [130_099, '13.99'],
  [90_624, '9.6.24'],
  [Number.NaN, 'a proxy'],
])('%d is too old', (number, name) => {
  expect(() => requireVersion(number, name)).toThrow(`The database is PostgreSQL ${name}; version 14 or newer is needed.`);
});
