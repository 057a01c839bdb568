import type { RulesResult } from './rules-result.ts';

/** A result for people. Ends with a line feed. */
export function rulesTable(result: RulesResult): string {
  const { rows, repeats, rowsPerSecond, peerRowsPerSecond, microseconds, peerMicroseconds, ratio } = result;
  return [
    `rules           ${microseconds.toFixed(2)} µs a row, ${rowsPerSecond} rows/s`,
    `library phones  ${peerMicroseconds.toFixed(2)} µs a row, ${peerRowsPerSecond} rows/s`,
    `ratio           ${ratio.toFixed(2)}`,
    `${rows} rows of users, processor time; runs: ${repeats}${repeats === 1 ? '' : ', medians'}`,
    '',
  ].join('\n');
}
