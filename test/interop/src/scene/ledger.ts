import type { Database } from '@rosterport/database';
import type { TenantId } from '@rosterport/domain';
import { until } from '@rosterport/journeys';

/** A job as the ledger has it, told in the terms of a sender. */
export interface LedgerJob {
  readonly id: string;
  readonly fileName: string;
  readonly size: number;
  readonly sha256: string;
  readonly state: string;
  readonly folder: string | null;
  readonly mode: string;
  readonly dryRun: boolean;
  readonly channel: string;
}

const settled = ['applied', 'previewed', 'rejected', 'discarded', 'superseded', 'failed', 'held'];

/** All jobs of a tenant, in the order of sealing, as they are at this moment. */
export async function jobsOf(database: Database, tenantId: TenantId): Promise<readonly LedgerJob[]> {
  const rows = await database
    .knex('jobs')
    .where({ tenant_id: tenantId })
    .orderBy(['sealed_at', 'received_at', 'id'])
    .select<Record<string, unknown>[]>('id', 'file_name', 'size', 'sha256', 'state', 'folder', 'mode', 'dry_run', 'channel');
  return rows.map((row) => ({
    id: row['id'] as string,
    fileName: row['file_name'] as string,
    size: Number(row['size']),
    sha256: row['sha256'] as string,
    state: row['state'] as string,
    folder: row['folder'] as string | null,
    mode: row['mode'] as string,
    dryRun: row['dry_run'] as boolean,
    channel: row['channel'] as string,
  }));
}

/** The jobs of a tenant once there are this many and each has come to its end. */
export function settledJobs(database: Database, tenantId: TenantId, count: number): Promise<readonly LedgerJob[]> {
  return until(`${count} jobs have ended`, async () => {
    const jobs = await jobsOf(database, tenantId);
    return jobs.length >= count && jobs.every(({ state }) => settled.includes(state)) && jobs;
  });
}
