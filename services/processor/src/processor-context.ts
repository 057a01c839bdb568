import type { Database } from '@rosterport/database';
import type { JobId } from '@rosterport/domain';
import type { Scratch } from '@rosterport/formats';
import type { Logger, Metrics } from '@rosterport/runtime';
import type { Staging } from '@rosterport/staging';
import type { StepName } from './steps/index.ts';

/** What a processor stands on. */
export interface ProcessorContext {
  readonly database: Database;
  readonly staging: Staging;
  readonly scratch: Scratch;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** From how many bytes on a file's rows are sifted before they are read, 64 KiB when left out. */
  readonly sieveFrom?: number;
  /** When about so many bytes of rows of a file are staged, new people are planned; as measured, when it is left out. */
  readonly partBytes?: number;
  /** Told before each step, before the job's transaction is committed, and after. A job may pass a step several times. */
  readonly onStep?: (jobId: JobId, step: StepName | 'commit' | 'committed') => void;
}

