/** How much of a file is read before it is refused, so that no file can exhaust the machine. */
export interface FormatLimits {
  /** Bytes of one CSV record, line breaks within quotes included. */
  readonly maxRecordLength: number;
  /** Entries of a workbook's archive. */
  readonly maxEntries: number;
  /** Bytes of all parts of a workbook that are read, unpacked; counted while unpacking. */
  readonly maxInflatedBytes: number;
  /** How many times larger a part may become by unpacking, once it is above 16 MiB. */
  readonly maxInflationRatio: number;
  /** Cells of a workbook, the empty ones left of a value included. */
  readonly maxCells: number;
  /** Characters of one cell of a workbook that are kept; more than any value may have, so that the rules refuse what is longer. */
  readonly maxCellLength: number;
  /** How many different texts a workbook may hold. */
  readonly maxSharedStrings: number;
  /** Bytes of shared texts that are kept in memory; more go to the scratch, or are refused when there is none. */
  readonly maxSharedStringBytes: number;
  /** Bytes of an .xls file, which is read as a whole. */
  readonly maxXlsBytes: number;
  /** Megabytes of memory for reading an .xls file. */
  readonly xlsMemoryMb: number;
  /** Seconds for reading an .xls file. */
  readonly xlsSeconds: number;
}

/** Limits that hold a million rows of a real file, and no bomb. */
export const defaultLimits: FormatLimits = {
  maxRecordLength: 1024 * 1024,
  maxEntries: 10_000,
  maxInflatedBytes: 2 * 1024 * 1024 * 1024,
  maxInflationRatio: 300,
  maxCells: 64_000_000,
  maxCellLength: 65_536,
  maxSharedStrings: 8_000_000,
  maxSharedStringBytes: 64 * 1024 * 1024,
  maxXlsBytes: 128 * 1024 * 1024,
  xlsMemoryMb: 1024,
  xlsSeconds: 120,
};
