import { expect, test } from '@jest/globals';
import { longName } from './long-name.ts';

const modified = Date.UTC(2026, 2, 7, 9, 5) / 1000;
const file = { size: 1234, mode: 0o100640, owner: { uid: 0, gid: 10 }, times: { accessed: 0, modified } };

test.each([
  ['a file of today', [file, modified + 60], '-rw-r-----    1 0        10           1234 Mar  7 09:05 n'],
  ['a file of last year', [file, modified + 365 * 86400], '-rw-r-----    1 0        10           1234 Mar  7  2026 n'],
  ['a file of the far future', [file, 0], '-rw-r-----    1 0        10           1234 Mar  7  2026 n'],
  ['a file without a clock', [file, undefined], '-rw-r-----    1 0        10           1234 Mar  7  2026 n'],
  ['a directory', [{ mode: 0o040755 }, undefined], 'drwxr-xr-x    1 0        0               0 Jan  1  1970 n'],
  ['a link', [{ mode: 0o120777 }, undefined], 'lrwxrwxrwx    1 0        0               0 Jan  1  1970 n'],
  ['something unknown', [{}, undefined], '?---------    1 0        0               0 Jan  1  1970 n'],
] as const)('%s', (_name, [attributes, now], expected) => {
  expect(longName('n', attributes, now)).toBe(expected);
});
