import type { Reader, XlsxRace, XlsxResult } from './xlsx-result.ts';

const names: Readonly<Record<Reader, string>> = { rosterport: 'Rosterport', exceljs: 'exceljs, streaming', sheetjs: 'SheetJS, dense' };

/** A result for people. Ends with a line feed. */
export function xlsxTable({ rows, repeats, races }: XlsxResult): string {
  const lines = [['texts', 'reader', 'seconds', 'rows/s', 'CPU s', 'peak MiB', 'ratio', 'ratio of CPU', ''], ...races.flatMap(raceLines)];
  const widths = lines.reduce<number[]>((all, line) => line.map((cell, at) => Math.max(all[at] ?? 0, cell.length)), []);
  const table = lines.map((line) => line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ').trimEnd());
  return `${[...table, '', `${rows} rows of 14 cells; runs: ${repeats}, medians`].join('\n')}\n`;
}

function raceLines(race: XlsxRace): string[][] {
  const ratios: Readonly<Record<Reader, readonly [number | undefined, number | undefined]>> = {
    rosterport: [undefined, undefined],
    exceljs: [race.ratioExceljs, race.cpuRatioExceljs],
    sheetjs: [race.ratioSheetjs, race.cpuRatioSheetjs],
  };
  return race.readings.map(({ reader, seconds, rowsPerSecond, cpuSeconds, peakRssMb, isRight }) => [
    race.texts,
    names[reader],
    seconds.toFixed(2),
    String(rowsPerSecond),
    cpuSeconds.toFixed(2),
    String(peakRssMb),
    ...ratios[reader].map((ratio) => ratio?.toFixed(2) ?? ''),
    isRight ? '' : 'not the texts that were written',
  ]);
}
