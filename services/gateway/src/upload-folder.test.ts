import { expect, test } from '@jest/globals';
import { uploadFolder } from './upload-folder.ts';

test.each([
  ['/', { path: '/', feed: null, mode: null, dryRun: false }],
  ['/incoming', { path: '/', feed: null, mode: null, dryRun: false }],
  ['/full', { path: '/full', feed: null, mode: 'full', dryRun: false }],
  ['/delta', { path: '/delta', feed: null, mode: 'delta', dryRun: false }],
  ['/test', { path: '/test', feed: null, mode: null, dryRun: true }],
  ['/feeds/hr', { path: '/feeds/hr', feed: 'hr', mode: null, dryRun: false }],
  ['/feeds/hr/incoming', { path: '/feeds/hr', feed: 'hr', mode: null, dryRun: false }],
  ['/feeds/hr/full', { path: '/feeds/hr/full', feed: 'hr', mode: 'full', dryRun: false }],
  ['/feeds/hr/delta', { path: '/feeds/hr/delta', feed: 'hr', mode: 'delta', dryRun: false }],
  ['/feeds/hr/test', { path: '/feeds/hr/test', feed: 'hr', mode: null, dryRun: true }],
  ...['/feeds', '/receipts', '/feeds/hr/receipts', '/feeds/hr/feeds', '/feeds/HR', '/feeds/a b', '/full/full', '/Full', '/feeds/hr/'].map(
    (path) => [path, null] as const,
  ),
])('%s', (path, folder) => expect(uploadFolder(path)).toEqual(folder));
