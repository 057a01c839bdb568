/** What to measure. */
export interface RulesBenchOptions {
  readonly rows: number;
  readonly repeats: number;
}

/** What the rules for users cost: medians where it was repeated. */
export interface RulesResult {
  readonly rows: number;
  readonly repeats: number;
  /** Rows judged in a second of processor time. */
  readonly rowsPerSecond: number;
  /** The same where the phone library alone judges the phones, and the same rules all else. */
  readonly peerRowsPerSecond: number;
  /** Processor time of a row, in microseconds. */
  readonly microseconds: number;
  readonly peerMicroseconds: number;
  /** `peerMicroseconds / microseconds`; of several runs the median of their ratios. */
  readonly ratio: number;
}
