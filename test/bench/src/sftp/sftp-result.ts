/** What can be measured of the SFTP door. */
export const sftpCases = ['bulk', 'small1', 'small50', 'handshakes', 'idle', 'delay'] as const;

/** The name of a case. */
export type SftpCase = (typeof sftpCases)[number];

/** The cases in which the two take the same work. */
export type RacedCase = Exclude<SftpCase, 'idle' | 'delay'>;

/** Where both keep what they receive. */
export const media = ['memory', 'disk'] as const;

/** `memory` is a file system in memory; `disk` is the disk of temporary files. */
export type Medium = (typeof media)[number];

/** What to measure. */
export interface SftpBenchOptions {
  readonly cases: readonly SftpCase[];
  readonly repeats: number;
  readonly medium: Medium;
  /** Where the gateway's process leaves a CPU profile; `null` for none. */
  readonly profile: string | null;
}

/** One case of both, in seconds: medians. */
export interface Race {
  readonly case: RacedCase;
  readonly seconds: number;
  readonly peerSeconds: number;
  /** `peerSeconds / seconds`: above 1 we are faster. Of several runs the median of their ratios. */
  readonly ratio: number;
  /** Every ratio, in the order of the runs. */
  readonly ratios: readonly number[];
}

/** What was measured; what was not asked for is left out. */
export interface SftpResult {
  readonly medium: Medium;
  readonly repeats: number;
  readonly races: readonly Race[];
  /** What 2,000 idle sessions add to the memory of the gateway's process, in MiB (PSS). */
  readonly idleMiB?: number;
  /** The delay of the gateway's event loop while 50 sessions upload, 99th percentile, in milliseconds; median of the runs. */
  readonly loopDelayP99Ms?: number;
  /** How many processes wanted to run in the minute before the beginning and the end (load average). */
  readonly load: readonly [before: number, after: number];
}

/** The result as one flat object: the ratios to the peer by case, and the two absolute numbers. */
export function flatResult({ races, idleMiB, loopDelayP99Ms }: SftpResult): Readonly<Record<string, number>> {
  return {
    ...Object.fromEntries(races.map((race) => [race.case, race.ratio])),
    ...(idleMiB === undefined ? {} : { idleMiB }),
    ...(loopDelayP99Ms === undefined ? {} : { loopDelayP99Ms }),
  };
}
