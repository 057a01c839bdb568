import type { Socket } from 'node:net';
import type { LedgerJob } from '@rosterport/jobs';
import type { SourceRow } from '@rosterport/reports';
import type { SearchFile } from '../../erasure/search-jobs.ts';
import type { GatewayContext } from '../../gateway-context.ts';
import type { FailedLogins } from './failed-logins.ts';

/** Whether each part that the gateway needs works, by the part's name. */
export type Readiness = () => Promise<Readonly<Record<string, boolean>>>;

/** Reads the data rows of a job's sealed file again. Fails with `stagedFileMissing` when the file is gone. */
export type SourceRows = (job: LedgerJob) => AsyncIterable<SourceRow>;

/** The slowest sender that is put up with. */
export interface Pace {
  readonly bytesPerSecond: number;
  /** Over how long the speed is measured. */
  readonly seconds: number;
}

/** What every endpoint stands on. */
export interface HttpsService {
  readonly context: GatewayContext;
  /** The largest file for `uploadFile`, in bytes. */
  readonly uploadFileLimitBytes: number;
  /** The largest file for `/v1/files`, in bytes. */
  readonly filesLimitBytes: number;
  readonly readiness: Readiness;
  readonly sourceRows: SourceRows;
  readonly searchFile: SearchFile;
  readonly pace: Pace;
  /** How long `uploadFile` waits for the job's end, in milliseconds. */
  readonly verdictWithinMs: number;
  /** How many requests an address may make in a minute. */
  readonly requestsPerMinute: number;
  readonly failedLogins: FailedLogins;
  /** Where the client of a request's socket is, whoever stands between. */
  readonly addressOf: (socket: Socket) => string;
  /** Aborted when the server begins to stop. */
  readonly stopping: AbortSignal;
  /** The requests that are being worked on. */
  readonly inHand: Set<Promise<void>>;
}
