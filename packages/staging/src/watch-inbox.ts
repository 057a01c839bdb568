import { isFailure, type Envelope, type JobId } from '@rosterport/domain';
import type { Logger } from '@rosterport/runtime';
import { openFolderHints } from './folder-hints.ts';
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
 * Watches an inbox. The folder itself is the truth: a round reports what lies there, and a file that was kept or
 * discarded lies there no more. Rounds after a hint pass over files that were reported before; sweeps do not.
 */
export async function watchInbox(options: InboxWatchOptions): Promise<HintedWatch> {
  const reported = new Set<JobId>();
  let ready = false;
  const run = async (reason: RoundReason, isClosing: () => boolean): Promise<undefined> => {
    try {
      const found = await options.sealed();
      ready = true;
      const ids = new Set(found.map((envelope) => envelope.jobId));
      for (const jobId of reported) if (!ids.has(jobId)) reported.delete(jobId);
      for (const envelope of found) {
        if (isClosing()) return undefined;
        if (reason === 'hint' && reported.has(envelope.jobId)) continue;
        if (!(await options.isSealed(envelope.jobId))) continue;
        reported.add(envelope.jobId);
        if (!(await report(envelope, options))) return undefined;
      }
    } catch (error) {
      ready = false;
      options.log.error('The inbox cannot be read', { error });
    }
    return undefined;
  };
  const rounds = startRounds({ everyMs: options.sweepEverySeconds * 1000, hintAfterMs, run });
  const hints = await openFolderHints({
    folder: options.folder,
    depth: 0,
    log: options.log,
    onHint: () => rounds.hint(),
  });
  return {
    get ready() {
      return ready;
    },
    hint: () => rounds.hint(),
    async close() {
      ready = false;
      await hints.close();
      await rounds.close();
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
