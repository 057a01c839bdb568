import type { Envelope } from '@rosterport/domain';

/** What the measured process is told to do. */
export interface ProcessorTask {
  readonly url: string;
  readonly stagingFolder: string;
  readonly scratchFolder: string;
  /** Of a sealed file in the staging folder, whose job is not registered yet. */
  readonly envelope: Envelope;
}

/** What the measured process found out about itself. */
export interface ProcessorTimes {
  /** From the registration of the job to its end. */
  readonly seconds: number;
  /** The part of each step. */
  readonly steps: Readonly<Record<string, number>>;
  /** Processor time of the process. */
  readonly cpuSeconds: number;
  readonly peakRssMb: number;
}
