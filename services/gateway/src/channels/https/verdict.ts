import type { JobId, TenantId } from '@rosterport/domain';
import type { LedgerJob } from '@rosterport/jobs';
import type { Response } from 'express';
import { verdictWithin } from '../../verdict-within.ts';
import type { HttpsService } from './service.ts';

/** Which verdict is waited for, and who waits for it. */
interface Wait {
  readonly service: HttpsService;
  readonly tenantId: TenantId;
  readonly jobId: JobId;
  readonly res: Response;
}

/**
 * The job once nothing more happens to it by itself; see `verdictWithin`. `null` also when the sender has gone, or when the
 * server stops.
 */
export function verdict({ service, tenantId, jobId, res }: Wait): Promise<LedgerJob | null> {
  const isGone = (): boolean => res.destroyed || service.stopping.aborted;
  return verdictWithin({ database: service.context.database, tenantId, jobId, withinMs: service.verdictWithinMs, isGone });
}
