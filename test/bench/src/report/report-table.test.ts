import { expect, test } from '@jest/globals';
import { reportTable } from './report-table.ts';

test('a result for people', () => {
  const size = { rows: 1_000_000, repeats: 3, megabytes: 6.5, peerMegabytes: 130, ratio: 0.05, collectMicroseconds: 0.25 };
  expect(reportTable({ ...size, looks: [{ name: 'first page', ms: 2, peerMs: 1, ratio: 2 }] }).split('\n')).toEqual([
    'size     6.50 MB a million rows; a row for each 130.00 MB; ratio 0.050',
    'collect  0.25 µs of processor time a row',
    'ms                              chunks  a row for each           ratio',
    'first page                        2.00            1.00            2.00',
    '1000000 rows, one in a hundred not as usual; runs: 3, medians',
    '',
  ]);
});
