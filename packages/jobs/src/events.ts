import type { Database, PoolClient } from '@rosterport/database';
import { Failure, type EventKind, type JobId, type NewEvent, type Page, type TenantEvent, type TenantId } from '@rosterport/domain';

/** Puts an event down, in the transaction of what it tells of. */
export async function noteEvent(client: Pick<PoolClient, 'query'>, event: NewEvent): Promise<void> {
  await client.query(
    `insert into events (tenant_id, kind, feed_id, job_id, credential_id, details) values ($1, $2, $3, $4, $5, $6)`,
    [
      event.tenantId,
      event.kind,
      event.feedId ?? null,
      event.jobId ?? null,
      event.credentialId ?? null,
      JSON.stringify(event.details ?? {}),
    ],
  );
}

/** Which events to list. */
export interface EventQuery {
  readonly tenantId: TenantId;
  /** Only what happened to this job. */
  readonly jobId?: JobId;
  readonly kind?: EventKind;
  /** The `next` of the page before. */
  readonly cursor?: string;
  /** How many at most, 1 to 1000. */
  readonly limit: number;
}

interface EventRow extends Omit<TenantEvent, 'at'> {
  readonly at: Date;
}

/** What is changed by people alone: by nobody's credential it was done at the host, where commands are typed. */
const byPeople: readonly EventKind[] = ['feedChanged', 'attributeChanged'];

/** A page of the tenant's events, newest first. Fails with `requestInvalid` when the cursor is not one of ours. */
export async function listEvents(database: Database, query: EventQuery): Promise<Page<TenantEvent>> {
  if (query.cursor !== undefined && !/^\d{1,18}$/.test(query.cursor)) {
    throw new Failure('requestInvalid', { values: { problem: 'the cursor is not one that a list has given' } });
  }
  const { rows } = await database.pool.query<EventRow>(
    `select e.id::text, e.kind, e.at, f.name as feed, e.job_id as "jobId",
       coalesce(c.name, case when e.credential_id is null and e.job_id is null and e.kind = any($6) then 'command line' end) as by, e.details
     from events e left join feeds f on f.id = e.feed_id left join credentials c on c.id = e.credential_id
     where e.tenant_id = $1 and ($2::uuid is null or e.job_id = $2) and ($3::text is null or e.kind = $3)
       and ($4::bigint is null or e.id < $4)
     order by e.id desc limit $5`,
    [query.tenantId, query.jobId ?? null, query.kind ?? null, query.cursor ?? null, query.limit + 1, byPeople],
  );
  const items = rows.slice(0, query.limit).map((row) => ({ ...row, at: row.at.toISOString() }));
  return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}
