import type { PoolClient } from '@rosterport/database';
import type { JobId, TenantId } from '@rosterport/domain';
import { noteEvent } from './events.ts';

/** An earlier job of the same feed that waits for a person's decision. */
const heldBefore = `
  select from jobs e
  where e.tenant_id = j.tenant_id and e.feed_id = j.feed_id and e.state = 'held' and (e.sealed_at, e.id) < (j.sealed_at, j.id)`;

/**
 * Where the feed says so, a later full file takes the place of a held job and of those that wait behind it: it names
 * everybody whom they named. A delta never does, since what was only in the earlier file would be lost.
 */
async function supersede(client: PoolClient, tenantId: TenantId): Promise<void> {
  const { rows } = await client.query<{ id: JobId; feed_id: string; by: JobId }>(
    `update jobs j set state = 'superseded', finished_at = clock_timestamp()
     from feeds f, lateral (
       select l.id from jobs l
       where l.tenant_id = $1 and l.feed_id = f.id and l.kind = 'file' and not l.dry_run and l.mode = 'full'
         and l.state in ('staged', 'waiting')
       order by l.sealed_at desc, l.id desc limit 1) later
     where j.tenant_id = $1 and f.id = j.feed_id and f.policy ->> 'laterFiles' = 'supersede' and j.kind = 'file' and not j.dry_run
       and (j.state = 'held' and j.approval is null or j.state = 'waiting')
       and (j.sealed_at, j.id) < (select l.sealed_at, l.id from jobs l where l.id = later.id)
     returning j.id, j.feed_id, later.id as by`,
    [tenantId],
  );
  for (const { id, feed_id: feedId, by } of rows) {
    await noteEvent(client, { tenantId, feedId, jobId: id, kind: 'jobSuperseded', details: { by } });
  }
}

/**
 * Brings the states of a tenant's queue up to date: what stands behind a held job of its feed is `waiting`, and `staged`
 * again once that job has ended. The claim must be held.
 */
export async function settleQueue(client: PoolClient, tenantId: TenantId): Promise<void> {
  await supersede(client, tenantId);
  await client.query(
    `update jobs j set state = 'waiting'
     where j.tenant_id = $1 and j.state = 'staged' and not j.dry_run and j.kind = 'file' and exists (${heldBefore})`,
    [tenantId],
  );
  await client.query(
    `update jobs j set state = 'staged' where j.tenant_id = $1 and j.state = 'waiting' and not exists (${heldBefore})`,
    [tenantId],
  );
}
