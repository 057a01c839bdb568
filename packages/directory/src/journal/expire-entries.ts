import type { PoolClient } from '@rosterport/database';
import type { JobId } from '@rosterport/domain';
import { valuesChangedBy } from '../revert/record-kinds.ts';

/** The record after which the next step begins. */
export interface JournalPosition {
  readonly kind: string;
  readonly recordId: string;
}

/** One step of taking old entries from the journal. */
export interface ExpireStep {
  /** The records that this job changed; `null` for those that were changed by hand before `before`. */
  readonly jobId: JobId | null;
  /** Entries made by hand at or after this moment stay. */
  readonly before: Date;
  /** Where the last step ended; `null` at the beginning. */
  readonly position: JournalPosition | null;
  /** How many records at most. */
  readonly limit: number;
}

/** The records of the step, in order: $1 the job, $2 the moment, $3 and $4 the position, $5 the limit. */
const touchedByJob = [`job_id = $1`, ...['membership', 'managerFact'].map((kind) => `made_by = $1 and made_entry is not null and kind = '${kind}'`)]
  .map((where) => `
  (select distinct kind, record_id from journal where ${where} and (kind, record_id) > ($3, $4) order by kind, record_id limit $5)`)
  .join(' union ')
  .concat(' order by kind, record_id limit $5');

/** A tenant with a revert under way waits for the next run, as with jobs. */
const touchedByHand = `
  select distinct kind, record_id from journal l
  where job_id is null and $1::uuid is null and at < $2 and (kind, record_id) > ($3, $4)
    and not exists (select from jobs r where r.tenant_id = l.tenant_id and r.kind = 'revert' and r.finished_at is null)
  order by kind, record_id limit $5`;

/**
 * The newest entry of a value stays as long as its record is there, also when it emptied the value: without it an older
 * entry would seem to have set what is there now. The newest entry of a link stays as long as the link is there.
 */
const removal = (touched: string): string => `
  with touched as materialized (${touched}),
  entries as materialized (
    select e.id, e.carrier, e.kind, e.record_id, e.before, e.after, coalesce(e.after, e.before) - 'sourceId' as link,
      -- Whose link it is: an edit by hand says so, since it takes links of any source.
      coalesce(coalesce(e.after, e.before) ->> 'sourceId', j.source_id::text)::uuid as source_id,
      case when e.job_id is null then e.at < $2 else j.journal_removed_at is not null end as expired
    from touched t join journal l using (kind, record_id) cross join lateral (
      select l.id, null::bigint as carrier, l.kind, l.record_id, l.job_id, l.at, l.before, l.after
      union all
      select l.made_entry, l.id, l.kind, l.record_id, l.made_by, l.made_at, null, l.before where l.made_entry is not null) e
    left join jobs j on j.id = e.job_id),
  things as (
    select e.id, e.kind, e.record_id, e.source_id, e.link, e.expired, v.field as thing
    from entries e cross join lateral ${valuesChangedBy('e')} v where e.kind in ('user', 'group', 'attributeDefinition')
    union all
    select id, kind, record_id, source_id, link, expired, concat(source_id, ' ', link) from entries
    where kind in ('membership', 'managerFact')),
  newest as (
    select distinct on (kind, record_id, thing) *, bool_and(expired) over (partition by kind, record_id, thing) as all_expired
    from things order by kind, record_id, thing, id desc),
  kept as (
    select n.id from newest n
    left join users u on n.kind = 'user' and u.id = n.record_id
    left join groups g on n.kind = 'group' and g.id = n.record_id
    left join attribute_definitions d on n.kind = 'attributeDefinition' and d.id = n.record_id
    left join memberships m on n.kind = 'membership' and m.user_id = n.record_id and m.group_id = (n.link ->> 'groupId')::bigint
      and m.source_id = n.source_id
    left join manager_facts f on n.kind = 'managerFact' and f.group_id = n.record_id
      and coalesce(f.user_id, 0) = coalesce((n.link ->> 'userId')::bigint, 0)
      and f.manager_by = n.link ->> 'by' and f.manager_ref = n.link ->> 'ref'
      and f.source_id = n.source_id
    where coalesce(u.id, g.id, d.id, m.user_id, f.id) is not null or not n.all_expired),
  gone as materialized (select id from entries where expired except select id from kept),
  removed as (delete from journal where id in (select id from gone) returning *),
  let_go as (
    update journal set made_entry = null, made_by = null, made_sheet = null, made_row = null, made_at = null
    where id in (select carrier from entries join gone using (id)) and id not in (select id from gone)),
  -- What an entry that goes carries may stay.
  told as (
    insert into journal (id, tenant_id, job_id, sheet, row_no, kind, record_id, after, at) overriding system value
    select made_entry, tenant_id, made_by, made_sheet, made_row, kind, record_id, before, made_at from removed
    where made_entry is not null and made_entry not in (select id from gone))
  select (select count(*) from gone)::int as removed, (select count(*) from touched)::int as records, last.kind, last.record_id::text
  from (select) one left join (select kind, record_id from touched order by kind desc, record_id desc limit 1) last on true`;

interface StepRow {
  readonly removed: number;
  readonly records: number;
  readonly kind: string | null;
  readonly record_id: string | null;
}

/**
 * Takes from the journal what is old of some records: the entries of jobs whose journal is marked as removed in the ledger,
 * and those made by hand before the moment. What tells where a value, membership or naming of a manager that is there comes
 * from is never taken, whatever its age; so what records imply needs no look.
 *
 * Returns how many entries were taken, and where the next step begins; `null` when there is none.
 */
export async function expireEntries(
  client: PoolClient,
  { jobId, before, position, limit }: ExpireStep,
): Promise<{ readonly removed: number; readonly next: JournalPosition | null }> {
  const { rows } = await client.query<StepRow>(removal(jobId === null ? touchedByHand : touchedByJob), [
    jobId,
    before,
    position?.kind ?? '',
    position?.recordId ?? '0',
    limit,
  ]);
  const { removed = 0, records = 0, kind = null, record_id: recordId = null } = rows[0] ?? {};
  const next = records < limit || kind === null || recordId === null ? null : { kind, recordId };
  return { removed, next };
}
