import { databaseFailure, type Database } from '@rosterport/database';
import { isFinal, type JobId, type TenantId } from '@rosterport/domain';
import { findJob, type LedgerJob } from '@rosterport/jobs';
import { setTimeout as delay } from 'node:timers/promises';

/** The pause between two looks grows from the first to the last, in milliseconds. */
const pauses = { first: 25, last: 400 } as const;

/** Which verdict is waited for, and for how long. */
export interface VerdictWait {
  readonly database: Database;
  readonly tenantId: TenantId;
  readonly jobId: JobId;
  readonly withinMs: number;
  /** True when nobody waits any more. */
  readonly isGone: () => boolean;
}

/**
 * The job once nothing more happens to it by itself: its state is final, or it waits for a person. `null` when that takes too
 * long, when nobody waits any more, or when the database is away.
 */
export async function verdictWithin({ database, tenantId, jobId, withinMs, isGone }: VerdictWait): Promise<LedgerJob | null> {
  const until = Date.now() + withinMs;
  try {
    for (let pause: number = pauses.first; ; pause = Math.min(pause * 2, pauses.last)) {
      const job = await findJob(database, tenantId, jobId);
      if (isFinal(job.state) || job.state === 'held' || job.state === 'waiting') return job;
      const left = until - Date.now();
      if (left <= 0 || isGone()) return null;
      await delay(Math.min(pause, left));
    }
  } catch (error) {
    if (databaseFailure(error) === null) throw error;
    return null;
  }
}
