/** What to measure. */
export interface ReportBenchOptions {
  readonly rows: number;
  readonly repeats: number;
}

/** A page of a job's row results, or another look at them, in milliseconds. */
export interface Look {
  readonly name: string;
  readonly ms: number;
  readonly peerMs: number;
  /** `ms / peerMs`. */
  readonly ratio: number;
}

/** What the row results of a job cost beside a table with a row for each: medians where it was repeated. */
export interface ReportResult {
  readonly rows: number;
  readonly repeats: number;
  /** Megabytes, of a million bytes each, that the results of a million rows take with all indexes. */
  readonly megabytes: number;
  readonly peerMegabytes: number;
  /** `megabytes / peerMegabytes`. */
  readonly ratio: number;
  /** Processor time that it takes to collect where the rows stand, in microseconds a row. */
  readonly collectMicroseconds: number;
  readonly looks: readonly Look[];
}
