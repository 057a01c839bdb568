import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { normalisePath } from './sftp-path.ts';

test.each([
  ['', '/'],
  ['.', '/'],
  ['/', '/'],
  ['..', '/'],
  ['/../../etc', '/etc'],
  ['incoming', '/incoming'],
  ['/a/../b', '/b'],
  ['/a/./b//c/', '/a/b/c'],
  ['/a/..', '/'],
  ['/.hidden', '/.hidden'],
  ['/...', '/...'],
  ['/a\\..\\b', '/a\\..\\b'],
  ['/ a ', '/ a '],
])('%j becomes %j', (path, regular) => {
  expect(normalisePath(path)).toBe(regular);
});

test('a regular path stays as it is and has no part that leads elsewhere', () => {
  const paths = fc.array(fc.constantFrom('a', '.', '..', '', ' ', 'b.c')).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(paths, (path) => {
      const regular = normalisePath(path);
      expect(normalisePath(regular)).toBe(regular);
      expect(regular).toMatch(/^\/([^/]+(\/[^/]+)*)?$/);
      expect(regular.split('/').filter((part) => part === '.' || part === '..')).toEqual([]);
    }),
  );
});
