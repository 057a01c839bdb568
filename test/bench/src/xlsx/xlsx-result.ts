/** How a workbook can hold its texts: in a list that cells name by number, or in the cells themselves. */
export const textKinds = ['shared', 'inline'] as const;

/** The name of a way to hold texts. */
export type TextKind = (typeof textKinds)[number];

/** Who reads the workbooks. */
export const readers = ['rosterport', 'exceljs', 'sheetjs'] as const;

/** The name of a reader. */
export type Reader = (typeof readers)[number];

/** What to measure. */
export interface XlsxBenchOptions {
  /** Data rows of each workbook. */
  readonly rows: number;
  readonly repeats: number;
  /** Who reads; without the peers there are no ratios. */
  readonly readers: readonly Reader[];
  /** Where our processes leave CPU profiles; `null` for none. */
  readonly profile: string | null;
}

/** One reader of one kind of workbook: medians, and of the memory the most. */
export interface Reading {
  readonly reader: Reader;
  /** From opening the file to its last row. */
  readonly seconds: number;
  /** Time of the processor in all threads meanwhile. */
  readonly cpuSeconds: number;
  readonly rowsPerSecond: number;
  /** The most memory that the process had at once, in MiB. */
  readonly peakRssMb: number;
  /** False when the texts that came out are not those that were written. Always true for ours, or the measurement fails. */
  readonly isRight: boolean;
}

/** One kind of workbook. */
export interface XlsxRace {
  readonly texts: TextKind;
  /** Size of the file, packed. */
  readonly bytes: number;
  readonly readings: readonly Reading[];
  /** Rows a second of ours to those of the peer, each run for itself, and of these the median. Left out without the peer. */
  readonly ratioExceljs?: number;
  readonly ratioSheetjs?: number;
  /** The same of processor time. */
  readonly cpuRatioExceljs?: number;
  readonly cpuRatioSheetjs?: number;
}

/** What was measured. */
export interface XlsxResult {
  readonly rows: number;
  readonly repeats: number;
  readonly races: readonly XlsxRace[];
  /** The lower of the ratios of the two kinds of workbook. Left out without the peer. */
  readonly ratioExceljs?: number;
  readonly ratioSheetjs?: number;
}
