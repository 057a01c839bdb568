import type { TenantsResult } from './tenants-result.ts';

/** A result for people. Ends with a line feed. */
export function tenantsTable(result: TenantsResult): string {
  const line = (name: string, seconds: number, rowsPerSecond: number): string =>
    `${name.padEnd(16)}${`${seconds.toFixed(2)} s`.padStart(12)}${`${rowsPerSecond.toFixed(0)} rows/s`.padStart(18)}`;
  return [
    `${result.tenants} tenants with a file of ${result.rows} rows each, and one file of as many rows in all`,
    line('one processor', result.seconds, result.rowsPerSecond),
    line('two processors', result.twoSeconds, result.twoRowsPerSecond),
    line('one big file', result.bigSeconds, result.bigRowsPerSecond),
    `ratio ${result.ratio.toFixed(2)} of the big file's rows per second; two processors ${result.ratioTwo.toFixed(2)} of one`,
    `runs: ${result.repeats}${result.repeats === 1 ? '' : ', medians'}`,
    '',
  ].join('\n');
}
