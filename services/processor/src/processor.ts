import { serveWakeUps, tenantsWithWork, wakeNow, type Round } from '@rosterport/jobs';
import { systemClock, type Clock } from '@rosterport/runtime';
import { checkExpectedFiles } from './check-expected-files.ts';
import { openCleaner } from './cleaner.ts';
import { openLanes } from './lanes.ts';
import type { ProcessorContext } from './processor-context.ts';
import { processTenant } from './process-tenant.ts';
import type { Lifetimes } from './retention.ts';

/** A processor at work. */
export interface Processor {
  /** Takes no more work, and resolves when the jobs in hand have ended. */
  close(): Promise<void>;
}

/** How a processor works. */
export interface ProcessorOptions {
  /** How many tenants it works on at once, and one more as long as that has small files. */
  readonly concurrency: number;
  /** How long things are kept. */
  readonly lifetimes: Lifetimes;
  readonly clock?: Clock;
}

/** After so many files of one tenant others have their turn, if any wait. */
const jobsATurn = 8;

/**
 * Starts a processor: it looks for what a crash or a standstill left behind, and waits for wake-ups. Each minute it looks again,
 * and for expected files that are missing, and each hour it removes what was kept long enough.
 */
export async function openProcessor(context: ProcessorContext, options: ProcessorOptions): Promise<Processor> {
  const { concurrency, lifetimes, clock = systemClock } = options;
  const { database } = context;
  const sweep = async (): Promise<void> => wakeNow(database, ...(await tenantsWithWork(database)));
  const failed = (error: unknown): void => {
    const code = (error as { code?: unknown }).code;
    context.log.error('A wake-up could not be worked off', { code: typeof code === 'string' ? code : 'unexpected' });
  };
  const cleaner = openCleaner(context, { lifetimes, clock, failed });
  const rounds: readonly Round[] = [
    { name: 'check-expected-files', schedule: '* * * * *', run: () => checkExpectedFiles(context, clock.now()) },
    { name: 'remove-old', schedule: '17 * * * *', run: () => Promise.resolve(cleaner.begin()) },
  ];
  const lanes = openLanes(concurrency, (tenantId) => void wakeNow(database, tenantId).catch(failed));
  const wakeUps = await serveWakeUps(database, {
    concurrency: concurrency + 1,
    process: (tenantId) => processTenant(context, tenantId, { jobs: jobsATurn, lanes }),
    sweep,
    rounds,
    failed,
  });
  const first = sweep().catch(failed);
  return {
    close: async () => {
      await Promise.all([wakeUps.close(), first, cleaner.close()]);
    },
  };
}
