import { expect, test } from '@jest/globals';
import { readExpiry, readScopes } from './credential-options.ts';

test.each([
  ['upload', ['upload']],
  ['upload,reports', ['upload', 'reports']],
  [' reports , directory', ['reports', 'directory']],
])('scopes %j', (text, expected) => {
  expect(readScopes(text)).toEqual(expected);
});

test.each(['', 'Upload', 'upload,', 'upload reports'])('no scopes: %j', (text) => {
  expect(() => readScopes(text)).toThrow('upload, reports, directory');
});

test.each([
  ['2027-01-31', '2027-02-01T00:00:00.000Z'],
  ['2028-02-29', '2028-03-01T00:00:00.000Z'],
  ['2027-01-31T12:00Z', '2027-01-31T12:00:00.000Z'],
  ['2027-01-31T12:00:30+02:00', '2027-01-31T10:00:30.000Z'],
])('expiry %s lasts until %s', (text, expected) => {
  expect(readExpiry(text).toISOString()).toBe(expected);
});

test.each(['', '2027', '2027-13-01', '2027-02-29', '31.01.2027', '2027-01-31T12:00', '2027-01-31T25:00Z', 'never'])('no expiry: %j', (text) => {
  expect(() => readExpiry(text)).toThrow('2027-01-31');
});
