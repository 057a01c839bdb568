import type { IngestOptions, Result } from '../result.ts';

/** What to measure: files that differ in nothing but their rows. */
export interface SizesBenchOptions extends Omit<IngestOptions, 'rows' | 'statements'> {
  readonly sizes: readonly number[];
}

/** A file of one size beside the others. */
export interface SizeResult extends Result {
  /** Processor time of the process and of the server for one row. */
  readonly microsecondsPerRow: number;
  /** What a row costs in seconds, divided by what it costs in the file of the first size. */
  readonly cost: number;
  /** The same by processor time. */
  readonly cpuCost: number;
  /** What each row above a million adds to the memory of the process; `null` where there is no file of a million or none above. */
  readonly bytesBeyond: number | null;
}

/** What each size costs, in the order in which they were asked for. */
export interface SizesResult {
  readonly sizes: readonly SizeResult[];
}
