import type { Envelope } from '@rosterport/domain';

/** What the measured process is told to do: each list is of files that are sealed and not registered yet. */
export interface SmallTask {
  readonly url: string;
  readonly stagingFolder: string;
  readonly scratchFolder: string;
  /** One after the other, and not measured. */
  readonly prepare: readonly Envelope[];
  /** One after the other. */
  readonly alone: readonly Envelope[];
  /** At once. */
  readonly crowd: readonly Envelope[];
  /** At once, when the work on `big` has begun. */
  readonly beside: readonly Envelope[];
  readonly big: Envelope;
}

/** What it tells, in milliseconds. */
export interface SmallTimes {
  readonly alone: readonly number[];
  readonly crowdMs: number;
  readonly besideMs: number;
  readonly bigMs: number;
}
