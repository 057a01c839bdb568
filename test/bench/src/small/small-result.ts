/** What to measure. */
export interface SmallBenchOptions {
  /** Rows of a small file. */
  readonly rows: number;
  /** Rows of the big file that is worked on meanwhile. */
  readonly bigRows: number;
}

/** How long small files take from their registration to their report, in milliseconds. */
export interface SmallResult extends SmallBenchOptions {
  /** One file after the other, with nothing else to do: the median. */
  readonly ms: number;
  /** What the statements that the processor sent took of it, by the server's own clock: the mean. */
  readonly databaseMs: number;
  /** `ms / databaseMs`. */
  readonly ratio: number;
  /** Files of so many tenants at once. */
  readonly crowd: number;
  /** From the registration of all to the report of the last, with nothing else to do. */
  readonly crowdMs: number;
  /** The same while another tenant's big file is worked on. */
  readonly besideMs: number;
  /** How long the big file took with the crowd beside it. */
  readonly bigMs: number;
  /** `besideMs / bigMs`: 1 where the small ones wait until the big one has ended. */
  readonly ratioBeside: number;
}
