import { expect, test } from '@jest/globals';
import { checkFileName, isTemporaryName } from './file-name.ts';

test.each(['people.csv', 'a b.xlsx', 'Mitarbeiter Köln.csv', '...', 'x'.repeat(255), "it's; rm -rf.csv"])('%j can be used', (name) => {
  expect(() => checkFileName(name)).not.toThrow();
});

test.each(['', '.', '..', 'a/b', '../x', 'a\\b', 'a\0b', 'a\nb', 'a\u0085b', 'x'.repeat(256), 'ü'.repeat(128)])(
  '%j cannot be used',
  (name) => {
    expect(() => checkFileName(name)).toThrow(expect.objectContaining({ code: 'fileNameInvalid', kind: 'invalid' }));
  },
);

test.each([
  ['people.csv.filepart', true],
  ['people.part', true],
  ['people.csv.PARTIAL', true],
  ['people.tmp', true],
  ['.in.people.csv.', true],
  ['.people.csv.swp', true],
  ['people.csv~', true],
  ['people.csv', false],
  ['department.csv', false],
  ['tmp', false],
  ['my.part.csv', false],
])('%s is temporary: %p', (name, wanted) => {
  expect(isTemporaryName(name)).toBe(wanted);
});
