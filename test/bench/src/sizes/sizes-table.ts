import type { SizeResult, SizesResult } from './sizes-result.ts';

const heads = ['rows', 'seconds', 'ratio', 'CPU s', 'CPU ratio', 'µs/row', 'cost', 'CPU cost', 'peak MiB', 'bytes/row beyond'];

/** A result for people, one line for each size. Ends with a line feed. */
export function sizesTable({ sizes }: SizesResult): string {
  const lines = [heads, ...sizes.map(cellsOf)];
  const widths = heads.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines.map((line) => `${line.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('  ')}\n`).join('');
}

function cellsOf(size: SizeResult): string[] {
  return [
    ...[String(size.rows), size.seconds.toFixed(2), size.ratio.toFixed(2), size.cpuSeconds.toFixed(2), size.cpuRatio.toFixed(2)],
    ...[size.microsecondsPerRow.toFixed(1), size.cost.toFixed(2), size.cpuCost.toFixed(2), size.peakRssMb.toFixed(0)],
    size.bytesBeyond === null ? '' : size.bytesBeyond.toFixed(1),
  ];
}
