import type { PoolClient } from '@rosterport/database';
import type { TenantId } from '@rosterport/domain';

/** An earlier job of the same feed that waits for a person's decision. */
const heldBefore = `
  select from jobs e
  where e.tenant_id = j.tenant_id and e.feed_id = j.feed_id and e.state = 'held' and (e.sealed_at, e.id) < (j.sealed_at, j.id)`;

/**
 * True for a job `j` that need not wait behind a held one, because its feed lets a later full file take the place of those:
 * it names everybody whom they named. A delta never may, since what was only in the earlier file would be lost.
 */
export const takesPlace = `(
  j.kind = 'file' and j.mode = 'full' and exists (
    select from feeds s where s.id = j.feed_id and s.policy ->> 'laterFiles' = 'supersede'))`;

/**
 * Brings the states of a tenant's queue up to date: what stands behind a held job of its feed is `waiting`, and `staged`
 * again once that job has ended. The claim must be held.
 */
export async function settleQueue(client: PoolClient, tenantId: TenantId): Promise<void> {
  await client.query(
    `update jobs j set state = 'waiting'
     where j.tenant_id = $1 and j.state = 'staged' and not j.dry_run and j.kind = 'file' and not ${takesPlace}
       and exists (${heldBefore})`,
    [tenantId],
  );
  await client.query(
    `update jobs j set state = 'staged'
     where j.tenant_id = $1 and j.state = 'waiting' and (${takesPlace} or not exists (${heldBefore}))`,
    [tenantId],
  );
}

/**
 * SQL by which, where the feed says so, a full file `j` of the query `ended` that was found sound takes the place of the held job
 * before it, and of those that wait behind that one; it gives their ids. A file of groups alone does not take the place of people.
 */
export const supersedeEarlier = `
  update jobs e set state = 'superseded', approval = null, finished_at = clock_timestamp()
  from ended j
  where j.state in ('held', 'applied') and not j.dry_run and ${takesPlace}
    and e.tenant_id = j.tenant_id and e.feed_id = j.feed_id and (e.sealed_at, e.id) < (j.sealed_at, j.id)
    and e.state in ('held', 'waiting') and e.kind = 'file' and not e.dry_run
    and (j.user_rows is not null or e.user_rows is null)
  returning e.id`;
