import type { JobId } from '@rosterport/domain';
import type { DirectoryContext } from '../work/job-context.ts';
import { valuesChangedBy } from './record-kinds.ts';

/**
 * SQL of a change that still counts: one of a file that was not undone, or of a hand. What a revert wrote does not count,
 * since it only brought back what was there; what it undid does not count either.
 */
export const counts = (entry: string): string => `(${entry}.job_id is null or exists (
  select from jobs by_job where by_job.id = ${entry}.job_id and by_job.kind = 'file' and by_job.reverted_by is null))`;

/** SQL of the moment after which entries are later than all of the job that is undone. */
export const lastEntry = '(select max(id) from revert_entries)';

/** The kinds of entries in which it shows that a record or link of an entry was touched later. */
const watched = `(values ('user', 'user'), ('user', 'membership'), ('membership', 'membership'), ('group', 'group'),
  ('group', 'managerFact'), ('managerFact', 'managerFact'), ('attributeDefinition', 'attributeDefinition')) w (of, kind)`;

/** SQL of the text by which a link is known among those of its record. */
export const linkUnit = (kind: string, values: string): string => `case ${kind} when 'membership' then ${values} ->> 'groupId'
  else jsonb_build_array(${values} -> 'userId', ${values} -> 'by', ${values} -> 'ref')::text end`;

/** Puts down what the job changed, each record in one entry, and what was touched since. */
export async function noteEntries({ client, sourceId }: DirectoryContext, target: JobId): Promise<void> {
  await client.query(
    `insert into revert_entries select id, kind, record_id, before, after from whole_journal where job_id = $1`,
    [target],
  );
  await client.query('analyze revert_entries');
  await client.query(
    `create temp table revert_later on commit drop as
     select l.kind, l.record_id, l.before, l.after
     from (
       with watched as materialized (select distinct w.kind, e.record_id from revert_entries e join ${watched} on w.of = e.kind)
       select l.job_id, l.kind, l.record_id, l.before, l.after
       from watched e join journal l on l.kind = e.kind and l.record_id = e.record_id and l.id > ${lastEntry}
       union all
       -- Of what is implied only facts are about a record that was there before.
       select l.made_by, l.kind, l.record_id, null, l.before
       from watched e join journal l on e.kind = 'managerFact' and l.kind = e.kind and l.record_id = e.record_id and l.made_entry > ${lastEntry}
       union all
       select u.made_by, 'managerFact', f.group_id, null, jsonb_build_object('userId', f.user_id, 'by', f.manager_by, 'ref', f.manager_ref)
       from watched e join manager_facts f on e.kind = 'managerFact' and f.group_id = e.record_id and f.made_entry > ${lastEntry}
       join users u on u.id = f.user_id) l
     where ${counts('l')} and (
       l.kind not in ('membership', 'managerFact')
       -- The links of other sources are others. A hand may take away those of any, and says so.
       or coalesce(coalesce(l.after, l.before) ->> 'sourceId', (select j.source_id::text from jobs j where j.id = l.job_id)) = $1::text)`,
    [sourceId],
  );
  await client.query(
    `insert into revert_since
     select distinct l.kind, l.record_id, v.unit from revert_later l cross join lateral ${valuesChangedBy('l')} v
     where l.kind not in ('membership', 'managerFact')
     union
     select l.kind, l.record_id, ${linkUnit('l.kind', 'coalesce(l.after, l.before)')} from revert_later l
     where l.kind in ('membership', 'managerFact')
     union
     select 'user', l.record_id, 'membership' from revert_later l where l.kind = 'membership'
     union
     select 'group', l.record_id, 'responsible' from revert_later l
     where l.kind = 'managerFact' and coalesce(l.after, l.before) -> 'userId' = 'null'`,
  );
  await client.query('analyze revert_since');
}
