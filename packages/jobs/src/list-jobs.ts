import type { Database } from '@rosterport/database';
import { Failure, isId, type CredentialId, type JobId, type JobState, type Page, type TenantId } from '@rosterport/domain';
import { jobColumns, jobOf, jobTables, type JobRow, type LedgerJob } from './job-record.ts';

/** Which jobs to list. */
export interface JobQuery {
  readonly tenantId: TenantId;
  /** Only the jobs that this credential sent. */
  readonly credentialId?: CredentialId;
  readonly state?: JobState;
  /** The `next` of the page before. */
  readonly cursor?: string;
  /** How many at most, 1 to 1000. */
  readonly limit: number;
}

/** A job of a tenant. */
export interface JobPlace {
  readonly tenantId: TenantId;
  readonly jobId: JobId;
}

/** A page of jobs, newest first. Fails with `requestInvalid` when the cursor is not one of ours. */
export async function listJobs(database: Database, query: JobQuery): Promise<Page<LedgerJob>> {
  if (query.cursor !== undefined && !isId(query.cursor)) {
    throw new Failure('requestInvalid', { values: { problem: 'the cursor is not one that a list has given' } });
  }
  const { rows } = await database.pool.query<JobRow>(
    `select ${jobColumns} from ${jobTables}
     where j.tenant_id = $1 and ($2::uuid is null or j.credential_id = $2) and ($3::text is null or j.state = $3)
       and ($4::uuid is null or (j.sealed_at, j.id) < (select c.sealed_at, c.id from jobs c where c.id = $4))
     order by j.sealed_at desc, j.id desc limit $5`,
    [query.tenantId, query.credentialId ?? null, query.state ?? null, query.cursor ?? null, query.limit + 1],
  );
  const items = rows.slice(0, query.limit).map(jobOf);
  return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

/** One job of the tenant. Fails with `notFound`. */
export async function findJob(database: Database, tenantId: TenantId, jobId: JobId): Promise<LedgerJob> {
  const { rows } = isId(jobId)
    ? await database.pool.query<JobRow>(`select ${jobColumns} from ${jobTables} where j.id = $1 and j.tenant_id = $2`, [
        jobId,
        tenantId,
      ])
    : { rows: [] };
  if (rows[0] === undefined) throw new Failure('notFound', { values: { what: 'job' } });
  return jobOf(rows[0]);
}

/** How many jobs are in each state that is not final, over all tenants. */
export async function countOpenJobs(database: Database): Promise<Readonly<Record<string, number>>> {
  const { rows } = await database.pool.query<{ state: string; count: number }>(
    `select state, count(*)::int as count from jobs where state in ('staged', 'processing', 'waiting', 'held') group by state`,
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}
