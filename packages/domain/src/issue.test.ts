import { expect, test } from '@jest/globals';
import { hasError, issue } from './issue.ts';

test('an issue says where it is, what was found, and a whole sentence', () => {
  const found = issue('validateActive', { sheet: 'Users', row: 7, column: 'Active', found: 'yes', expected: '1 or 0' });
  expect(found).toEqual({
    code: 'validateActive',
    severity: 'error',
    sheet: 'Users',
    row: 7,
    column: 'Active',
    found: 'yes',
    expected: '1 or 0',
    message: 'Active is yes; it must be 1, 0 or empty.',
  });
});

test('what is left out is null', () => {
  expect(issue('validateFileIsNotEmpty')).toEqual({
    code: 'validateFileIsNotEmpty',
    severity: 'error',
    sheet: null,
    row: null,
    column: null,
    found: null,
    expected: null,
    message: 'The file is empty.',
  });
});

test('what was found is put in as it is, even when it looks like a gap or a pattern', () => {
  const found = issue('validateActive', { column: '{found}', found: '$& {column} $1' });
  expect(found.message).toBe('{found} is $& {column} $1; it must be 1, 0 or empty.');
});

test('an empty text was found too', () => {
  expect(issue('validateActive', { column: 'Active', found: '' }).message).toBe('Active is ; it must be 1, 0 or empty.');
});

test('values of the caller fill gaps, and win over its place', () => {
  expect(issue('validateValueLength', { column: 'City', expected: 'x', values: { expected: 10 } }).message).toBe(
    'City is longer than 10 characters.',
  );
});

test.each([
  ['x'.repeat(200), 'x'.repeat(200)],
  ['x'.repeat(201), `${'x'.repeat(200)}…`],
  ['x'.repeat(1_000_000), `${'x'.repeat(200)}…`],
  [`${'x'.repeat(199)}🙂 and more`, `${'x'.repeat(199)}…`],
  [`${'x'.repeat(198)}🙂 and more`, `${'x'.repeat(198)}🙂…`],
])('a long text is shortened between characters (case %#)', (text, shown) => {
  const found = issue('validateActive', { column: 'Active', found: text });
  expect(found.found).toBe(shown);
  expect(found.message).toBe(`Active is ${shown}; it must be 1, 0 or empty.`);
});

test('the severity may be another than the catalogue says', () => {
  expect(issue('validateGroupExists', {}).severity).toBe('warning');
  expect(issue('validateGroupExists', { severity: 'error' }).severity).toBe('error');
});

test('only an error is an error', () => {
  const warning = issue('validateUserExists');
  const error = issue('validateFileIsNotEmpty');
  expect(hasError([])).toBe(false);
  expect(hasError([warning])).toBe(false);
  expect(hasError([warning, error])).toBe(true);
});
