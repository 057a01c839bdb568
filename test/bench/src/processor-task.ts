import type { Envelope } from '@rosterport/domain';

/** What the measured process is told to do. */
export interface ProcessorTask {
  readonly url: string;
  readonly stagingFolder: string;
  readonly scratchFolder: string;
  /** Of a sealed file in the staging folder, whose job is not registered yet. */
  readonly envelope: Envelope;
  /** Such a file by which the process warms up before it is measured, as one that is at work has done; `null` for none. */
  readonly warmUp: Envelope | null;
  /** The server of the database: its process and its log. */
  readonly server: { readonly pid: number; readonly logPath: string };
}

/** What the measured process found out about itself. */
export interface ProcessorTimes {
  /** From the registration of the job to its end. */
  readonly seconds: number;
  /** The part of each step. */
  readonly steps: Readonly<Record<string, number>>;
  /** Processor time of the process and of the server. */
  readonly cpuSeconds: number;
  /** Where in the server's log the time begins, in bytes. */
  readonly logBegins: number;
  readonly peakRssMb: number;
}
