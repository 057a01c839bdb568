import { expect, test } from '@jest/globals';
import { flatResult, type SftpResult } from './sftp-result.ts';
import { sftpTable } from './sftp-table.ts';

const result: SftpResult = {
  medium: 'memory',
  repeats: 3,
  races: [
    { case: 'bulk', seconds: 3.5, peerSeconds: 4.25, ratio: 1.21, ratios: [1.21, 1.5, 0.9] },
    { case: 'small50', seconds: 2, peerSeconds: 8, ratio: 4, ratios: [4, 4, 4] },
  ],
  idleMiB: 101.5,
  loopDelayP99Ms: 12.34,
  load: [0.5, 2.25],
};

test('a result is a table of both, and the numbers that stand for themselves', () => {
  expect(sftpTable(result)).toBe(
    [
      '                             Rosterport  sshd    ratio  of each run',
      '1 GiB, one file              3.50 s      4.25 s  1.21   1.21 1.50 0.90',
      '2,000 x 20 KiB, 50 sessions  2.00 s      8.00 s  4.00   4.00 4.00 4.00',
      '2,000 idle sessions: 102 MiB',
      'event loop delay, p99, 50 sessions uploading: 12.3 ms',
      'medium: memory; runs: 3, medians; load of the machine: 0.5 to 2.3',
      '',
    ].join('\n'),
  );
});

test('a flat result has the ratios by case and the absolute numbers, and nothing that was not measured', () => {
  expect(flatResult(result)).toEqual({ bulk: 1.21, small50: 4, idleMiB: 101.5, loopDelayP99Ms: 12.34 });
  expect(flatResult({ medium: 'disk', repeats: 1, races: [], load: [0, 0] })).toEqual({});
});
