import type { PoolClient } from '@rosterport/database';
import type { TenantId } from '@rosterport/domain';

/**
 * Where the feed says so, the newest of several files of one sender, folder, name, mode and kind of run takes the place of
 * those before it that are not begun, with an event for each. The claim must be held.
 */
export async function supersedeSameNames(client: PoolClient, tenantId: TenantId): Promise<void> {
  await client.query(
    `with named as (
       select j.id, first_value(j.id) over (
           partition by j.feed_id, j.credential_id, j.folder, j.file_name, j.mode, j.dry_run order by j.sealed_at desc, j.id desc
         ) as newest
       from jobs j join feeds f on f.id = j.feed_id
       where j.tenant_id = $1 and j.state in ('staged', 'waiting') and j.attempts = 0 and j.kind = 'file'
         and f.policy ->> 'sameName' = 'supersede'
     ), gone as (
       update jobs e set state = 'superseded', finished_at = clock_timestamp()
       from named n where e.id = n.id and n.newest <> n.id and e.state in ('staged', 'waiting')
       returning e.id, e.tenant_id, e.feed_id, n.newest
     )
     insert into events (tenant_id, kind, feed_id, job_id, details)
     select tenant_id, 'jobSuperseded', feed_id, id, jsonb_build_object('by', newest) from gone`,
    [tenantId],
  );
}
