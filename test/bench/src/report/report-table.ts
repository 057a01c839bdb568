import type { ReportResult } from './report-result.ts';

/** A result for people. Ends with a line feed. */
export function reportTable(result: ReportResult): string {
  const { rows, repeats, megabytes, peerMegabytes, ratio, collectMicroseconds, looks } = result;
  return [
    `size     ${megabytes.toFixed(2)} MB a million rows; a row for each ${peerMegabytes.toFixed(2)} MB; ratio ${ratio.toFixed(3)}`,
    `collect  ${collectMicroseconds.toFixed(2)} µs of processor time a row`,
    `${'ms'.padEnd(22)}${['chunks', 'a row for each', 'ratio'].map((word) => word.padStart(16)).join('')}`,
    ...looks.map((look) => `${look.name.padEnd(22)}${[look.ms, look.peerMs, look.ratio].map((value) => value.toFixed(2).padStart(16)).join('')}`),
    `${rows} rows, one in a hundred not as usual; runs: ${repeats}${repeats === 1 ? '' : ', medians'}`,
    '',
  ].join('\n');
}
