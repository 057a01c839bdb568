import { runSession } from './client.ts';
import type { Contender } from './contender.ts';
import type { RacedCase } from './sftp-result.ts';
import type { WorkFolder } from './work-folder.ts';

/** Work that either server takes. */
export interface Work {
  /** What each session does, in commands of the client. */
  readonly sessions: readonly (readonly string[])[];
  /** How many sessions there are at a time. */
  readonly atOnce: number;
  readonly files: number;
  readonly bytes: number;
}

const smallBytes = 20 * 1024;

/** The work of each case. */
export function worksOf({ large, small }: WorkFolder): Readonly<Record<RacedCase | 'warmUp', Work>> {
  const put = (path: string): string => `put ${path}`;
  const part = small.length / 50;
  const parts = Array.from({ length: 50 }, (_, at) => small.slice(at * part, (at + 1) * part).map(put));
  const smallFiles = { files: small.length, bytes: small.length * smallBytes };
  return {
    warmUp: { sessions: [small.slice(0, 200).map(put)], atOnce: 1, files: 200, bytes: 200 * smallBytes },
    bulk: { sessions: [[put(large)]], atOnce: 1, files: 1, bytes: 2 ** 30 },
    small1: { sessions: [small.map(put)], atOnce: 1, ...smallFiles },
    small50: { sessions: parts, atOnce: 50, ...smallFiles },
    handshakes: { sessions: Array.from({ length: 100 }, () => ['bye']), atOnce: 8, files: 0, bytes: 0 },
  };
}

/** Has the work done and checks it; gives the seconds from the start of the first client to the end of the last. */
export async function timeWork(contender: Contender, key: string, work: Work): Promise<number> {
  const waiting = [...work.sessions];
  const begun = performance.now();
  const lane = async (): Promise<void> => {
    for (let commands = waiting.shift(); commands !== undefined; commands = waiting.shift()) {
      await runSession(contender, key, commands);
    }
  };
  await Promise.all(Array.from({ length: work.atOnce }, lane));
  const seconds = (performance.now() - begun) / 1_000;
  await contender.take(work);
  return seconds;
}
