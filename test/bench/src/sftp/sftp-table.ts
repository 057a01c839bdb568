import type { RacedCase, SftpResult } from './sftp-result.ts';

/** What each case is, in the words of the table. */
const names: Readonly<Record<RacedCase, string>> = {
  bulk: '1 GiB, one file',
  small1: '2,000 x 20 KiB, 1 session',
  small50: '2,000 x 20 KiB, 50 sessions',
  handshakes: '100 log-ins, 8 at a time',
};

/** A result for people. Ends with a line feed. */
export function sftpTable(result: SftpResult): string {
  const lines = [
    ['', 'Rosterport', 'sshd', 'ratio', 'of each run'],
    ...result.races.map(({ case: name, seconds, peerSeconds, ratio, ratios }) => [
      names[name],
      `${seconds.toFixed(2)} s`,
      `${peerSeconds.toFixed(2)} s`,
      ratio.toFixed(2),
      ratios.map((one) => one.toFixed(2)).join(' '),
    ]),
  ];
  const absolute = [
    ...(result.idleMiB === undefined ? [] : [`2,000 idle sessions: ${result.idleMiB.toFixed(0)} MiB`]),
    ...(result.loopDelayP99Ms === undefined ? [] : [`event loop delay, p99, 50 sessions uploading: ${result.loopDelayP99Ms.toFixed(1)} ms`]),
    `medium: ${result.medium}; runs: ${result.repeats}, medians; load of the machine: ${result.load.map((load) => load.toFixed(1)).join(' to ')}`,
  ];
  const widths = lines.reduce<number[]>((all, line) => line.map((cell, at) => Math.max(all[at] ?? 0, cell.length)), []);
  const table = result.races.length === 0 ? [] : lines.map((line) => line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ').trimEnd());
  return [...table, ...absolute, ''].join('\n');
}
