import type { SmallResult } from './small-result.ts';

/** A result for people. Ends with a line feed. */
export function smallTable(result: SmallResult): string {
  const ms = (value: number): string => `${value.toFixed(0)} ms`;
  return [
    `one file of ${result.rows} rows         ${ms(result.ms)}, of which the database's statements ${ms(result.databaseMs)}; ratio ${result.ratio.toFixed(2)}`,
    `${result.crowd} such files at once       ${ms(result.crowdMs)}`,
    `beside a file of ${result.bigRows} rows  ${ms(result.besideMs)}; the big file ${ms(result.bigMs)}; ratio ${result.ratioBeside.toFixed(2)}`,
    '',
  ].join('\n');
}
