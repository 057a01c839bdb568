import { expect, test } from '@jest/globals';
import { xlsxTable } from './xlsx-table.ts';
import type { Reading } from './xlsx-result.ts';

const ours: Reading = { reader: 'rosterport', seconds: 0.5, cpuSeconds: 0.75, rowsPerSecond: 200_000, peakRssMb: 120, isRight: true };

test('a table names the readers, their ratios and who read wrongly', () => {
  const readings = [ours, { ...ours, reader: 'exceljs' as const, seconds: 5, isRight: false }];
  const race = { texts: 'inline' as const, bytes: 1, readings, ratioExceljs: 10, cpuRatioExceljs: 8.125 };
  expect(xlsxTable({ rows: 100_000, repeats: 3, races: [race], ratioExceljs: 10 })).toBe(
    [
      'texts   reader              seconds  rows/s  CPU s  peak MiB  ratio  ratio of CPU',
      'inline  Rosterport          0.50     200000  0.75   120',
      'inline  exceljs, streaming  5.00     200000  0.75   120       10.00  8.13          not the texts that were written',
      '',
      '100000 rows of 14 cells; runs: 3, medians',
      '',
    ].join('\n'),
  );
});
