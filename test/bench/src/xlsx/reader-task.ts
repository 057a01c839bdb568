import type { TextSum } from './text-sum.ts';
import type { Reader } from './xlsx-result.ts';

/** What a reading process is told to do. */
export interface ReaderTask {
  readonly reader: Reader;
  readonly path: string;
  readonly scratchFolder: string;
}

/** What a reading process found out. */
export interface ReaderReport {
  /** From opening the file to its last row, with what adding up the texts takes. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakRssMb: number;
  readonly sum: TextSum;
}
