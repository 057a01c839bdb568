import type { LargeIds } from '@rosterport/fixtures';

/** What a directory holds before the measured file: nothing, or the same people, of whom the file changes one percent. */
export const cases = ['first', 'daily'] as const;

/** The name of a case. */
export type Case = (typeof cases)[number];

/** What to measure. */
export interface IngestOptions {
  readonly case: Case;
  readonly rows: number;
  readonly ids: LargeIds;
  /** How many rows in a hundred have a fault. */
  readonly faulty: number;
  readonly repeats: number;
  /** How many of the slowest statements to name; with 0 the server is not asked to keep them. */
  readonly statements: number;
}

/** What a measurement gives: medians where it was repeated. Times are in seconds. */
export interface Result {
  readonly case: Case;
  readonly ids: LargeIds;
  /** How many rows in a hundred have a fault. */
  readonly faulty: number;
  /** Data rows of the measured file. */
  readonly rows: number;
  /** From the registration of the job to its end. */
  readonly seconds: number;
  readonly floorSeconds: number;
  /** `seconds / floorSeconds`; of several runs the median of their ratios. */
  readonly ratio: number;
  /** Processor time of the process and of the server meanwhile, which other work on the machine changes less; NaN where the system does not tell. */
  readonly cpuSeconds: number;
  readonly floorCpuSeconds: number;
  /** `cpuSeconds / floorCpuSeconds`, as `ratio`. */
  readonly cpuRatio: number;
  /** The most memory that the process which did the job had at once, in MiB. */
  readonly peakRssMb: number;
  readonly repeats: number;
  /** What it took to write, sync and seal the bytes; not part of `seconds`. */
  readonly stagingSeconds: number;
  readonly bytes: number;
  /** The part of `seconds` that each step took. Reading and checking the rows is a stream that `plan` draws. */
  readonly steps: Readonly<Record<string, number>>;
  readonly floorSteps: Readonly<Record<string, number>>;
  /** The statements of the last run that took the most time, when they were asked for. */
  readonly statements?: readonly Statement[];
}

/** A statement of SQL and how long all its runs took. */
export interface Statement {
  /** Its beginning, on one line. */
  readonly sql: string;
  readonly runs: number;
  readonly seconds: number;
}
