import { databaseFailure } from '@rosterport/database';
import { isFinal, type JobId, type TenantId } from '@rosterport/domain';
import { findJob, type LedgerJob } from '@rosterport/jobs';
import type { Response } from 'express';
import { setTimeout as delay } from 'node:timers/promises';
import type { HttpsService } from './service.ts';

/** The pause between two looks grows from the first to the last, in milliseconds. */
const pauses = { first: 25, last: 400 } as const;

/** Which verdict is waited for, and who waits for it. */
interface Wait {
  readonly service: HttpsService;
  readonly tenantId: TenantId;
  readonly jobId: JobId;
  readonly res: Response;
}

/**
 * The job once nothing more happens to it by itself: its state is final, or it waits for a person. `null` when that takes too
 * long, when the sender has gone, when the server stops, or when the database is away.
 */
export async function verdict({ service, tenantId, jobId, res }: Wait): Promise<LedgerJob | null> {
  const until = Date.now() + service.verdictWithinMs;
  try {
    for (let pause: number = pauses.first; ; pause = Math.min(pause * 2, pauses.last)) {
      const job = await findJob(service.context.database, tenantId, jobId);
      if (isFinal(job.state) || job.state === 'held' || job.state === 'waiting') return job;
      const left = until - Date.now();
      if (left <= 0 || res.destroyed || service.stopping.aborted) return null;
      await delay(Math.min(pause, left));
    }
  } catch (error) {
    if (databaseFailure(error) === null) throw error;
    return null;
  }
}
