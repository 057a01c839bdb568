import type { AttributeChange } from '@rosterport/domain';
import type { Plan } from '../plan/plan.ts';
import type { JobContext } from '../work/job-context.ts';
import { changeEntries, entryOrder, namedEntriesOf, rowPlaces } from './change-entries.ts';

/**
 * Keeps what the plan would change, for a job that waits for a decision or only looked, in place of what was kept of an
 * earlier look. Must run before the plan is written, if it ever is. Returns the plan's fingerprint.
 */
export async function keepPlan(context: JobContext, { attributeChanges }: Plan): Promise<string> {
  const { client, tenantId, jobId, sourceId } = context;
  const fingerprint = await fingerprintOf(context, attributeChanges);
  await dropPlan(context);
  await client.query(
    `insert into planned_changes (job_id, kind, record_id, before, after, label)
     select $1, 'attributeDefinition', coalesce(d.id, 0), nullif(c -> 'before', 'null'), c -> 'after',
       jsonb_build_object('name', c -> 'after' -> 'name')
     from jsonb_array_elements($3::jsonb) c
     left join attribute_definitions d on d.tenant_id = $2 and d.name = c -> 'after' ->> 'name'`,
    [jobId, tenantId, JSON.stringify(attributeChanges)],
  );
  for (const entries of changeEntries) {
    await client.query(
      `insert into planned_changes (job_id, kind, record_id, sheet, row_no, before, after, label)
       select $2, e.kind, e.record_id, r.sheet, r.row_no, e.before, e.after, e.label
       from (${namedEntriesOf(entries)}) e
       left join (${rowPlaces}) r using (ordinal)
       where $1::uuid is not null
       order by ${entryOrder}`,
      [sourceId, jobId],
    );
  }
  return fingerprint;
}

/** Forgets what was kept of an earlier look at the job's plan, if anything. */
export async function dropPlan({ client, jobId }: JobContext): Promise<void> {
  await client.query('delete from planned_changes where job_id = $1', [jobId]);
}

/**
 * Identifies the actions of a plan and their values before and after: equal for two plans exactly when they do the same. Ids
 * that new records would get do not count, since each plan draws others.
 */
export async function fingerprintOf({ client, sourceId }: JobContext, attributeChanges: readonly AttributeChange[]): Promise<string> {
  const texts = changeEntries.map(
    (entries) => `
      select md5(concat_ws('|', kind, key, before::text, (after - 'parentId' - 'groupId' - 'userId')::text)) as part
      from (${namedEntriesOf(entries)}) e where $1::uuid is not null`,
  );
  const { rows } = await client.query<{ fingerprint: string }>(
    `select encode(sha256(convert_to(coalesce(string_agg(part, '' order by part), '') || array_to_string($2::text[], '|'), 'UTF8')), 'hex') as fingerprint
     from (${texts.join(' union all ')}) parts`,
    [sourceId, attributeChanges.map((change) => JSON.stringify(change))],
  );
  return rows[0]?.fingerprint ?? '';
}
