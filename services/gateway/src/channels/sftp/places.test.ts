import { expect, test } from '@jest/globals';
import { placeOf } from './places.ts';

test.each([
  ['/', { kind: 'folder', takesFiles: true }],
  ['/incoming', { kind: 'folder', takesFiles: true }],
  ['/delta', { kind: 'folder', takesFiles: true }],
  ['/receipts', { kind: 'folder', takesFiles: false }],
  ['/users.csv', { kind: 'upload', name: 'users.csv' }],
  ['/incoming/users.csv', { kind: 'upload', name: 'users.csv' }],
  ['/delta/receipts', { kind: 'upload', name: 'receipts' }],
  ['/receipts/users.csv.json', { kind: 'receipt', name: 'users.csv.json' }],
  ['/other/users.csv', { kind: 'nowhere' }],
  ['/incoming/2026/users.csv', { kind: 'nowhere' }],
  ['/receipts/a/b', { kind: 'nowhere' }],
])('%s', (path, place) => {
  expect(placeOf(path)).toEqual(place);
});
