import { expect, test } from '@jest/globals';
import { keyOf, placeOf } from './places.ts';

const root = { path: '/', feed: null, mode: null, dryRun: false };
const full = { path: '/full', feed: null, mode: 'full', dryRun: false };
const ofFeed = { path: '/feeds/hr', feed: 'hr', mode: null, dryRun: false };

test.each<[string, object]>([
  ['/', { kind: 'uploads', folder: root, entries: ['delta', 'full', 'incoming', 'test', 'receipts', 'feeds'] }],
  ['/incoming', { kind: 'uploads', folder: root, entries: [] }],
  ['/full', { kind: 'uploads', folder: full, entries: [] }],
  ['/feeds', { kind: 'feeds' }],
  ['/feeds/hr', { kind: 'uploads', folder: ofFeed, entries: ['delta', 'full', 'incoming', 'test', 'receipts'] }],
  ['/feeds/hr/incoming', { kind: 'uploads', folder: ofFeed, entries: [] }],
  ['/receipts', { kind: 'receipts', feed: null }],
  ['/feeds/hr/receipts', { kind: 'receipts', feed: 'hr' }],
  ['/users.csv', { kind: 'upload', folder: root, name: 'users.csv' }],
  ['/incoming/users.csv', { kind: 'upload', folder: root, name: 'users.csv' }],
  ['/full/users.csv', { kind: 'upload', folder: full, name: 'users.csv' }],
  ['/full/receipts', { kind: 'upload', folder: full, name: 'receipts' }],
  ['/feeds/hr/users.csv', { kind: 'upload', folder: ofFeed, name: 'users.csv' }],
  ['/receipts/users.csv.json', { kind: 'receipt', feed: null, name: 'users.csv.json' }],
  ['/feeds/hr/receipts/users.csv.json', { kind: 'receipt', feed: 'hr', name: 'users.csv.json' }],
  ['/other/users.csv', { kind: 'nowhere' }],
  ['/incoming/2026/users.csv', { kind: 'nowhere' }],
  ['/receipts/a/b', { kind: 'nowhere' }],
  ['/feeds/users.csv', { kind: 'nowhere' }],
  ['/feeds/HR', { kind: 'nowhere' }],
  ['/feeds/hr/feeds/hr', { kind: 'nowhere' }],
])('%s', (path, place) => {
  expect(placeOf(path)).toEqual(place);
});

test('one name in two folders is two places, and in two doors of one box it is one', () => {
  const keys = ['/a', '/incoming/a', '/full/a', '/feeds/hr/a', '/feeds/hr/incoming/a'].map((path) => {
    const place = placeOf(path);
    return place.kind === 'upload' ? keyOf(place) : null;
  });
  expect(keys[0]).toBe(keys[1]);
  expect(keys[3]).toBe(keys[4]);
  expect(new Set(keys).size).toBe(3);
});
