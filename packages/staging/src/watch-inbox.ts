import { isFailure, type Envelope, type JobId } from '@rosterport/domain';
import type { Logger } from '@rosterport/runtime';
import { openFolderHints, type FolderHints } from './folder-hints.ts';
import { startRounds, type RoundReason } from './rounds.ts';
import type { InboxWatch, OnSealed } from './staging.ts';

/** What the watch over an inbox needs. */
export interface InboxWatchOptions {
  readonly folder: string;
  readonly sweepEverySeconds: number;
  readonly log: Logger;
  /** What lies sealed, the earliest first. */
  readonly sealed: () => Promise<readonly Envelope[]>;
  /** True while a file still lies in the inbox. */
  readonly isSealed: (jobId: JobId) => Promise<boolean>;
  readonly onSealed: OnSealed;
}

/** A watch that can be told of a new file: the folder's own events come before the seal is complete. */
export interface HintedWatch extends InboxWatch {
  hint(): void;
}

/** Whoever sealed a file registers it directly and keeps it; a hint waits so long, lest every file be done twice. */
const hintAfterMs = 200;

/**
 * With more files than this the folder is not watched. At each change the watcher stats every file in it, which took most
 * of the process's time when 500 files came and went; in big folders it loses events besides. The number is a guess.
 */
const crowd = 100;

/**
 * With more seals than this since the last round it is not watched either, since they hint by themselves, and rounds are
 * fewer: whoever seals so many registers them too, and to read all of them again and again keeps everybody waiting.
 */
const flood = 20;
const hintInFloodAfterMs = 2_000;

/**
 * Watches an inbox. The folder itself is the truth: a round reports what lies there, and a file that was kept or
 * discarded lies there no more. Rounds after a hint pass over files that were reported before; sweeps do not.
 */
export function watchInbox(options: InboxWatchOptions): HintedWatch {
  const reported = new Set<JobId>();
  let hints: FolderHints | null = null;
  let ready = false;
  /** True when the last report found what it needs away; then only the timer tries again. */
  let away = false;
  let placed = 0;
  let isFlood = false;

  const fitHints = async (files: number): Promise<void> => {
    if (hints !== null && files > crowd) {
      await hints.close();
      hints = null;
    } else if (hints === null && files <= crowd / 2) {
      const { folder, log } = options;
      hints = await openFolderHints({ folder, depth: 0, log, onHint: () => rounds.hint() });
      rounds.hint();
    }
  };
  const run = async (reason: RoundReason, isClosing: () => boolean): Promise<undefined> => {
    if (reason === 'hint' && away) return undefined;
    away = false;
    try {
      const found = await options.sealed();
      ready = !isClosing();
      isFlood = placed > flood;
      placed = 0;
      if (ready) await fitHints(isFlood ? Infinity : found.length);
      const ids = new Set(found.map((envelope) => envelope.jobId));
      for (const jobId of reported) if (!ids.has(jobId)) reported.delete(jobId);
      for (const envelope of found) {
        if (isClosing()) return undefined;
        if (reason === 'hint' && reported.has(envelope.jobId)) continue;
        if (!(await options.isSealed(envelope.jobId))) continue;
        reported.add(envelope.jobId);
        away = !(await report(envelope, options));
        if (away) return undefined;
      }
    } catch (error) {
      ready = false;
      options.log.error('The inbox cannot be read', { error });
    }
    return undefined;
  };
  const rounds = startRounds({ everyMs: options.sweepEverySeconds * 1000, hintAfterMs: () => (isFlood ? hintInFloodAfterMs : hintAfterMs), run });
  return {
    get ready() {
      return ready;
    },
    hint: () => {
      placed += 1;
      rounds.hint();
    },
    async close() {
      ready = false;
      await rounds.close();
      await hints?.close();
    },
  };
}

/** Reports one file; false when there is no use in going on with this round. */
async function report(envelope: Envelope, options: InboxWatchOptions): Promise<boolean> {
  try {
    await options.onSealed(envelope);
    return true;
  } catch (error) {
    options.log.warn('A sealed file got no job yet; the next sweep tries again', { job: envelope.jobId, error });
    return !(isFailure(error) && error.kind === 'unavailable');
  }
}
