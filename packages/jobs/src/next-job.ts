import type { Database, PoolClient } from '@rosterport/database';
import { Failure, type TenantId } from '@rosterport/domain';
import { mostAttempts } from './end-job.ts';
import { jobColumns, jobOf, jobTables, type JobRow, type LedgerJob } from './job-record.ts';
import { supersedeSameNames } from './same-name.ts';
import { settleQueue, takesPlace } from './settle-queue.ts';

/**
 * A job may begin when no earlier job of its feed is unfinished and its pause after a failed try is over. A held job is
 * unfinished for those that would change the directory after it; a dry run, a revert and a file that may take its place need not wait for its decision.
 * A job that is `processing` while the tenant's claim is free was left by a processor that died: it begins again.
 */
const due = `
  (j.state in ('staged', 'processing', 'waiting') or j.state = 'held' and j.approval is not null)
  and coalesce(j.not_before, now()) <= now() and not exists (
    select from jobs e
    where e.tenant_id = j.tenant_id and e.feed_id = j.feed_id and (e.sealed_at, e.id) < (j.sealed_at, j.id)
      and (e.state in ('staged', 'processing') or e.state in ('held', 'waiting') and not j.dry_run and j.kind = 'file'
        and j.state <> 'held' and not ${takesPlace}))`;

/**
 * Gives up on jobs whose every try took its processor along. They are `processing` though the claim is free, so nobody works
 * on them; beginning them for ever would keep the tenant, and perhaps the process, from ever working again.
 */
async function giveUpHopeless(client: PoolClient, tenantId: TenantId): Promise<void> {
  const { code, message } = new Failure('processorLost');
  await client.query(
    `update jobs set state = 'failed', finished_at = clock_timestamp(), failure = $3
     where tenant_id = $1 and state = 'processing' and attempts >= $2`,
    [tenantId, mostAttempts, JSON.stringify({ code, message })],
  );
}

/** What the tenant has to do. */
interface Queue {
  readonly unfinished: number;
  readonly processing: number;
  /** Such as may stand behind a held job, or be one. */
  readonly settling: number;
}

/** One look, since most tenants have one file a day, or none, and then there is no order to be brought into anything. */
async function lookAtQueue(client: PoolClient, tenantId: TenantId): Promise<Queue> {
  const { rows } = await client.query<Queue>(
    `select count(*)::int as unfinished, count(*) filter (where state = 'processing')::int as processing,
       count(*) filter (where state in ('held', 'waiting'))::int as settling
     from jobs where tenant_id = $1 and state in ('staged', 'processing', 'held', 'waiting')`,
    [tenantId],
  );
  return rows[0] ?? { unfinished: 0, processing: 0, settling: 0 };
}

/** The tenant's ($1) oldest job that is due, unless it is a revert or a file of more bytes than it may have ($2). */
const oldestDue = `
  select o.id from (
    select j.id, j.kind, j.size from jobs j where j.tenant_id = $1 and ${due} order by j.sealed_at, j.id limit 1) o
  where $2::bigint is null or o.kind = 'file' and o.size <= $2`;

/** A job that has begun. */
export interface BegunJob extends LedgerJob {
  /** True when the tenant had nothing else to do. */
  readonly isOnlyOne: boolean;
}

/**
 * Takes the tenant's oldest job that is due, in order of sealing, and makes it `processing`; none when that is a revert or a
 * file of more than `mostBytes`, if those are given. The claim must be held.
 */
export async function beginNextJob(client: PoolClient, tenantId: TenantId, mostBytes: number | null = null): Promise<BegunJob | null> {
  const { unfinished, processing, settling } = await lookAtQueue(client, tenantId);
  if (unfinished === 0) return null;
  if (processing > 0) await giveUpHopeless(client, tenantId);
  if (unfinished > 1) await supersedeSameNames(client, tenantId);
  if (settling > 0) await settleQueue(client, tenantId);
  const { rows } = await client.query<JobRow>(
    `with begun as (
       update jobs set state = 'processing', attempts = attempts + 1, started_at = now(), not_before = null
       where id = (${oldestDue})
         -- Looked at again once the row is locked: a person may have discarded the job a moment ago.
         and state in ('staged', 'processing', 'waiting', 'held')
       returning *)
     select ${jobColumns} from begun j join feeds f on f.id = j.feed_id`,
    [tenantId, mostBytes],
  );
  return rows[0] === undefined ? null : { ...jobOf(rows[0]), isOnlyOne: unfinished === 1 };
}

/** The tenants that have a job which is due. */
export async function tenantsWithWork(database: Database): Promise<readonly TenantId[]> {
  const { rows } = await database.pool.query<{ tenant_id: TenantId }>(
    `select distinct j.tenant_id from ${jobTables} where ${due}`,
  );
  return rows.map((row) => row.tenant_id);
}

/** True when the tenant has a job which is due, and which `beginNextJob` would take. */
export async function hasWork(database: Database, tenantId: TenantId, mostBytes: number | null = null): Promise<boolean> {
  const { rowCount } = await database.pool.query({ name: 'oldest-due', text: oldestDue, values: [tenantId, mostBytes] });
  return rowCount !== 0;
}
