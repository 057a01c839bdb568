import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forkTask } from '../fork-task.ts';
import { median } from '../median.ts';
import type { ReaderReport, ReaderTask } from './reader-task.ts';
import { textKinds, type Reader, type Reading, type XlsxBenchOptions, type XlsxRace, type XlsxResult } from './xlsx-result.ts';
import { writeWorkbook, type WrittenWorkbook } from './write-workbook.ts';

const program = fileURLToPath(new URL('./reader-process.js', import.meta.url));

/**
 * Measures how fast a workbook is read, with shared and with inline texts, by ours and by the peers in turns, each in a
 * process of its own. Leaves no file or process behind, also when the signal ends it early; then it rejects. Rejects also when
 * ours reads anything else than what was written.
 */
export async function measureXlsx(options: XlsxBenchOptions, signal: AbortSignal): Promise<XlsxResult> {
  const folder = await mkdtemp(join(tmpdir(), 'rosterport-bench-'));
  try {
    const races: XlsxRace[] = [];
    for (const texts of textKinds) {
      signal.throwIfAborted();
      const workbook = await writeWorkbook(join(folder, `${texts}.xlsx`), texts, options.rows);
      races.push(await race(workbook, { options, signal, folder }));
    }
    const { rows, repeats } = options;
    return { rows, repeats, races, ...lowest(races, 'ratioExceljs'), ...lowest(races, 'ratioSheetjs') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Bench {
  readonly options: XlsxBenchOptions;
  readonly signal: AbortSignal;
  readonly folder: string;
}

type Reports = ReadonlyMap<Reader, ReaderReport[]>;

async function race(workbook: WrittenWorkbook, { options, signal, folder }: Bench): Promise<XlsxRace> {
  const reports: Reports = new Map(options.readers.map((reader) => [reader, []]));
  const bounds = { signal, patienceSeconds: 120 + options.rows / 200 };
  for (let run = 0; run < options.repeats; run += 1) {
    for (const reader of run % 2 === 0 ? options.readers : options.readers.toReversed()) {
      const task: ReaderTask = { reader, path: workbook.path, scratchFolder: join(folder, 'scratch') };
      const profiling = reader === 'rosterport' && options.profile !== null ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] : [];
      reports.get(reader)?.push(await forkTask<ReaderReport>({ program, task, execArgv: profiling }, bounds));
    }
  }
  return {
    texts: workbook.texts,
    bytes: workbook.bytes,
    readings: options.readers.map((reader) => readingOf(reader, reports.get(reader) ?? [], workbook)),
    ...ratiosOf(reports),
  };
}

function readingOf(reader: Reader, reports: readonly ReaderReport[], { sum, texts }: WrittenWorkbook): Reading {
  const isRight = reports.every((report) => JSON.stringify(report.sum) === JSON.stringify(sum));
  if (reader === 'rosterport' && !isRight) throw new Error(`The workbook with ${texts} texts was not read as it was written.`);
  const seconds = median(reports.map((report) => report.seconds));
  return {
    reader,
    seconds: rounded(seconds),
    cpuSeconds: rounded(median(reports.map(({ cpuSeconds }) => cpuSeconds))),
    rowsPerSecond: Math.round(sum.rows / seconds),
    peakRssMb: Math.round(Math.max(...reports.map(({ peakRssMb }) => peakRssMb))),
    isRight,
  };
}

function ratiosOf(reports: Reports): Partial<XlsxRace> {
  const ratio = (peer: Reader, measure: 'seconds' | 'cpuSeconds'): number | undefined => {
    const theirs = reports.get(peer);
    const ours = reports.get('rosterport');
    if (theirs === undefined || ours === undefined) return undefined;
    return rounded(median(ours.map((report, run) => (theirs[run]?.[measure] ?? Number.NaN) / report[measure])));
  };
  const ratios = {
    ratioExceljs: ratio('exceljs', 'seconds'),
    ratioSheetjs: ratio('sheetjs', 'seconds'),
    cpuRatioExceljs: ratio('exceljs', 'cpuSeconds'),
    cpuRatioSheetjs: ratio('sheetjs', 'cpuSeconds'),
  };
  return Object.fromEntries(Object.entries(ratios).filter(([, value]) => value !== undefined));
}

function lowest<Name extends 'ratioExceljs' | 'ratioSheetjs'>(races: readonly XlsxRace[], name: Name): Partial<Record<Name, number>> {
  const ratios = races.flatMap((one) => one[name] ?? []);
  return ratios.length === 0 ? {} : ({ [name]: Math.min(...ratios) } as Record<Name, number>);
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
