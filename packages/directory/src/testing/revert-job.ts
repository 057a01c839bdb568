import { randomUUID } from 'node:crypto';
import { withClient, type Database } from '@rosterport/database';
import type { JobId, TenantId } from '@rosterport/domain';
import { revert, type Reverted } from '../revert/revert.ts';

/** The job of a revert and what came of it. */
export interface RevertRan extends Reverted {
  readonly jobId: JobId;
}

/**
 * Reverts a job of the tenant as a job of its own, and marks in the ledger which jobs are undone by it: the job that is
 * reverted, not the one which that had undone, and so on.
 */
export async function revertJob(db: Database, tenantId: TenantId, target: JobId): Promise<RevertRan> {
  const jobId = randomUUID() as JobId;
  return withClient(db, async (client) => {
    await client.query('begin');
    const { rows } = await client.query<{ source_id: Parameters<typeof revert>[0]['sourceId'] }>(
      `insert into jobs (id, tenant_id, feed_id, source_id, state, kind, reverts, channel, file_name, mode, dry_run, size, sha256,
         received_at, sealed_at)
       select $1, tenant_id, feed_id, source_id, 'processing', 'revert', id, channel, file_name, mode, false, 0, '', now(), now()
       from jobs where id = $2 and tenant_id = $3 returning source_id`,
      [jobId, target, tenantId],
    );
    const [job] = rows;
    if (job === undefined) throw new TypeError('There is no such job.');
    const reverted = await revert({ client, tenantId, sourceId: job.source_id, jobId }, target);
    await client.query(
      `with recursive undone as (
         select id, reverts, $1::uuid as by, true as is_undone from jobs where id = $2
         union all
         select j.id, j.reverts, u.id, not u.is_undone from undone u join jobs j on j.id = u.reverts
       where j.reverted_by is not distinct from case when u.is_undone then u.id end)
       update jobs j set state = 'applied', reverted_by = case when u.is_undone then u.by end from undone u where u.id = j.id`,
      [jobId, target],
    );
    await client.query('commit');
    return { jobId, ...reverted };
  });
}
