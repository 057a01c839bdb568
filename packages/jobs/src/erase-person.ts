import type { PoolClient } from '@rosterport/database';
import { isFinal, issue, type Issue, type JobId, type JobState, type PersonTraces, type SourceId, type TenantId } from '@rosterport/domain';
import { chunksOfPerson } from './rows/chunks-of-person.ts';
import { RowPlaces } from './rows/row-places.ts';

/** A job of the tenant that came with a file, as far as somebody's traces are looked for in it. */
export interface TracedJob {
  readonly id: JobId;
  readonly sourceId: SourceId;
  readonly state: JobState;
  readonly fileName: string;
  /** True until the sealed file has been removed. */
  readonly hasFile: boolean;
  /** True when a row result is about the person. */
  readonly namesPerson: boolean;
}

/** True for a job to which something will still happen. */
export function isOpen({ state }: Pick<TracedJob, 'state'>): boolean {
  return !isFinal(state);
}

/** SQL of the row results about the person that have a row of their own: $1 the tenant, $2 and $3 the ids, $4 to $6 the known rows. */
const ownRows = `
  select r.job_id, r.ordinal from row_results r join jobs j on j.id = r.job_id
  join unnest($2::uuid[], $3::text[]) i (source_id, external_id) on i.source_id = j.source_id and i.external_id = r.external_id
  where j.tenant_id = $1 and coalesce(lower(trim(r.sheet)), '') <> 'groups'
  union
  select r.job_id, r.ordinal from unnest($4::uuid[], $5::text[], $6::int[]) k (job_id, sheet, row_no)
  join row_results r on r.job_id = k.job_id and r.row_no = k.row_no and r.sheet is not distinct from k.sheet
  join jobs j on j.id = r.job_id and j.tenant_id = $1`;

function parametersOf(tenantId: TenantId, { externalIds, rows }: PersonTraces): unknown[] {
  return [
    ...[tenantId, externalIds.map((one) => one.sourceId), externalIds.map((one) => one.externalId)],
    ...[rows.map((one) => one.jobId), rows.map((one) => one.sheet), rows.map((one) => one.row)],
  ];
}

/** All jobs of the tenant that came with files, oldest first. */
export async function tracedJobs(client: Pick<PoolClient, 'query'>, tenantId: TenantId, traces: PersonTraces): Promise<readonly TracedJob[]> {
  const inChunks = new Set<JobId>();
  for await (const { jobId } of chunksOfPerson(client, tenantId, traces)) inChunks.add(jobId);
  const { rows } = await client.query<TracedJob>(
    `with named as materialized (select job_id from (${ownRows}) own union select unnest($7::uuid[]))
     select j.id, j.source_id as "sourceId", j.state, j.file_name as "fileName", j.file_removed_at is null as "hasFile",
       n.job_id is not null as "namesPerson"
     from jobs j left join named n on n.job_id = j.id where j.tenant_id = $1 and j.kind = 'file' order by j.sealed_at, j.id`,
    [...parametersOf(tenantId, traces), [...inChunks]],
  );
  return rows;
}

/** What tells whether a text names the person. */
export type Mentions = (text: string) => boolean;

type KeptIssue = Pick<Issue, 'found' | 'expected'>;

const batch = 2_000;

/**
 * Takes a person out of the results of jobs: their rows stay with result and codes, but without the id and what was found;
 * so do findings about others, and names of files, that name the person. Numbers stay as they are.
 */
export async function eraseFromJobs(
  client: Pick<PoolClient, 'query'>,
  tenantId: TenantId,
  { traces, mentions }: { readonly traces: PersonTraces; readonly mentions: Mentions },
): Promise<{ readonly rowResults: number; readonly findings: number }> {
  const own = await eraseOwnRows(client, tenantId, traces);
  const rows = await eraseFromRows(client, tenantId, mentions);
  const jobs = await eraseFromFileIssues(client, tenantId, mentions);
  return { rowResults: own, findings: rows + jobs };
}

async function eraseOwnRows(client: Pick<PoolClient, 'query'>, tenantId: TenantId, traces: PersonTraces): Promise<number> {
  const { rows } = await client.query<{ job_id: JobId; ordinal: number }>(
    `update row_results r set external_id = null, issues = (
       select jsonb_agg(i || '{"found": null, "expected": null}'::jsonb) from jsonb_array_elements(r.issues) i)
     from (${ownRows}) own where r.job_id = own.job_id and r.ordinal = own.ordinal returning r.job_id, r.ordinal`,
    parametersOf(tenantId, traces),
  );
  // A row that has a row of its own stands in a chunk as well.
  const erased = new Set(rows.map((row) => `${row.job_id} ${row.ordinal}`));
  for await (const { jobId, firstOrdinal, places, own } of chunksOfPerson(client, tenantId, traces)) {
    const cleaned = new RowPlaces();
    for (const [position, { sheet, row, externalId }] of places.entries()) cleaned.add(sheet, row, own.includes(position) ? null : externalId);
    for (const position of own) erased.add(`${jobId} ${firstOrdinal + position}`);
    const [chunk] = cleaned.finish();
    await client.query('update row_chunks set places = $3 where job_id = $1 and first_ordinal = $2', [jobId, firstOrdinal, chunk?.places]);
  }
  return erased.size;
}

async function eraseFromRows(client: Pick<PoolClient, 'query'>, tenantId: TenantId, mentions: Mentions): Promise<number> {
  let erased = 0;
  let after: readonly [string, number] = ['00000000-0000-0000-0000-000000000000', 0];
  for (;;) {
    const { rows } = await client.query<{ job_id: string; ordinal: number; issues: readonly KeptIssue[] }>(
      `select r.job_id, r.ordinal, r.issues from row_results r
       where r.codes <> '{}' and (r.job_id, r.ordinal) > ($2, $3) and exists (select from jobs j where j.id = r.job_id and j.tenant_id = $1)
       order by r.job_id, r.ordinal limit $4`,
      [tenantId, ...after, batch],
    );
    for (const { job_id: jobId, ordinal, issues } of rows) {
      const cleaned = withoutMentions(issues, mentions);
      if (cleaned.erased === 0) continue;
      erased += cleaned.erased;
      await client.query('update row_results set issues = $3 where job_id = $1 and ordinal = $2', [jobId, ordinal, JSON.stringify(cleaned.issues)]);
    }
    const last = rows.at(-1);
    if (rows.length < batch || last === undefined) return erased;
    after = [last.job_id, last.ordinal];
  }
}

interface JobTexts {
  readonly id: JobId;
  readonly file_name: string;
  readonly file_issues: readonly Issue[];
  readonly guard_issues: readonly Issue[];
}

async function eraseFromFileIssues(client: Pick<PoolClient, 'query'>, tenantId: TenantId, mentions: Mentions): Promise<number> {
  const { rows } = await client.query<JobTexts>('select id, file_name, file_issues, guard_issues from jobs where tenant_id = $1', [tenantId]);
  let erased = 0;
  for (const job of rows) {
    const [file, guard] = [withoutMentions(job.file_issues, mentions), withoutMentions(job.guard_issues, mentions)];
    const isNamed = mentions(job.file_name);
    if (file.erased + guard.erased === 0 && !isNamed) continue;
    erased += file.erased + guard.erased;
    const fileName = isNamed ? `erased${/\.[a-z]{1,5}$/i.exec(job.file_name)?.[0] ?? ''}` : job.file_name;
    await client.query('update jobs set file_name = $2, file_issues = $3, guard_issues = $4 where id = $1', [
      ...[job.id, fileName, ...[file, guard].map(({ issues }) => JSON.stringify(issues.map(({ code, ...details }) => issue(code, details))))],
    ]);
  }
  return erased;
}

/** The findings without those of their texts that name the person, and how many findings those are. */
function withoutMentions<Found extends KeptIssue>(issues: readonly Found[], mentions: Mentions): { readonly issues: readonly Found[]; readonly erased: number } {
  const plain = (text: string | null): string | null => (text !== null && mentions(text) ? null : text);
  const cleaned = issues.map((one) => ({ ...one, found: plain(one.found), expected: plain(one.expected) }));
  const differs = (one: Found, other: Found): boolean => one.found !== other.found || one.expected !== other.expected;
  return { issues: cleaned, erased: issues.filter((one, index) => differs(one, cleaned[index] ?? one)).length };
}
