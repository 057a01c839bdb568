import type { Clock } from '@rosterport/runtime';
import type { ProcessorContext } from './processor-context.ts';
import { removeOld, type Lifetimes, type Removed } from './retention.ts';

/** Removes what was kept long enough, beside the work on files: a long run must not keep them waiting. */
export interface Cleaner {
  /** Begins a run, unless one is at work. */
  begin(): void;
  /** Ends the run at work after the step in hand. */
  close(): Promise<void>;
}

/** How a cleaner works. */
export interface CleanerOptions {
  readonly lifetimes: Lifetimes;
  readonly clock: Clock;
  /** Called when a run broke. */
  readonly failed: (error: unknown) => void;
}

/** Makes a cleaner, which does nothing until it is told to. */
export function openCleaner(context: ProcessorContext, { lifetimes, clock, failed }: CleanerOptions): Cleaner {
  const ending = new AbortController();
  let running: Promise<void> | null = null;
  const run = async (): Promise<void> => {
    try {
      const { database, staging: files } = context;
      const removed = await removeOld({ database, files, lifetimes, now: clock.now(), ending: ending.signal });
      if (removed !== null) tell(context, removed);
    } catch (error) {
      failed(error);
    } finally {
      running = null;
    }
  };
  return {
    begin: () => {
      if (!ending.signal.aborted) running ??= run();
    },
    close: async () => {
      ending.abort();
      await running;
    },
  };
}

function tell({ log, metrics }: ProcessorContext, removed: Removed): void {
  for (const [what, count] of Object.entries(removed)) metrics.count('rosterport_removed_total', { what }, count as number);
  log.info('What was kept long enough was removed', { ...removed });
}
