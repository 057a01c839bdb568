import type { DirectoryContext } from '../work/job-context.ts';

/** The values of a record that differ before and after; `side` picks which of the two. */
const differing = (side: 'now' | 'later'): string => `(
  select jsonb_object_agg(v.key, v.value) from jsonb_each(r.${side}) v
  where v.value is distinct from r.${side === 'now' ? 'later' : 'now'} -> v.key)`;

/** SQL of the values of a link, as the journal writes them. */
const linkValues = `case l.kind when 'membership' then jsonb_build_object('groupId', l.group_id)
  else jsonb_build_object('userId', nullif(l.user_id, 0), 'by', l.manager_by, 'ref', l.manager_ref) end`;

/** SQL of the record under which a link is written. */
const linkRecord = `case l.kind when 'membership' then l.user_id else l.group_id end`;

const records = `
  select r.kind, r.record_id,
    case r.action when 'recreate' then null when 'remove' then r.now else ${differing('now')} end as before,
    case r.action when 'recreate' then r.later when 'restore' then ${differing('later')} end as after
  from revert_records r where r.kept is null and (r.action <> 'restore' or r.now <> r.later)
  order by array_position(array['attributeDefinition', 'user', 'group'], r.kind), r.record_id`;

const links = `
  select l.kind, ${linkRecord} as record_id, case when not l.comes then ${linkValues} end as before,
    case when l.comes then ${linkValues} end as after
  from revert_links l where l.kept is null
  order by l.kind desc, 2, l.group_id, l.user_id`;

/**
 * Records what the revert changes, in the form in which files record it. Of what is removed all values are kept, so that a
 * revert of the revert can make it again. Must run before anything is written.
 */
export async function journalRevert({ client, tenantId, jobId }: DirectoryContext): Promise<void> {
  for (const entries of [records, links]) {
    await client.query(
      `insert into journal (tenant_id, job_id, kind, record_id, before, after)
       select $1, $2, e.kind, e.record_id, e.before, e.after from (${entries}) e`,
      [tenantId, jobId],
    );
  }
}

/** SQL of whether a value is that of an attribute. */
const isAttribute = `v.field like 'attributes.%'`;

/** Values with attributes in an object of their own again; `value` is a column. */
const gathered = (value: 'now' | 'was'): string => `
  coalesce(jsonb_object_agg(v.field, v.${value}) filter (where not ${isAttribute}), '{}')
  || case when not bool_or(${isAttribute}) then '{}' else jsonb_build_object('attributes', jsonb_strip_nulls(
    jsonb_object_agg(substr(v.field, length('attributes.') + 1), v.${value}) filter (where ${isAttribute}))) end`;

/** The names of a record: as it is, else as it would have been made again. */
const label = (kind: string, values: string): string => `case ${kind}
  when 'user' then jsonb_build_object('externalId', ${values} -> 'externalId', 'name', (${values} ->> 'firstName') || ' ' || (${values} ->> 'lastName'))
  else jsonb_build_object('externalId', ${values} -> 'externalId', 'name', ${values} -> 'name') end`;

const keptValues = `
  select v.kind, v.record_id, ${gathered('now')} as before, ${gathered('was')} as after, v.kept,
    (select ${label('r.kind', 'coalesce(r.now, r.base)')} from revert_records r where r.kind = v.kind and r.record_id = v.record_id) as label
  from revert_values v where v.kept is not null group by v.kind, v.record_id, v.kept`;

const keptRecords = `
  select r.kind, r.record_id, r.now as before, case r.action when 'recreate' then r.base end as after, r.kept,
    ${label('r.kind', 'r.base')} as label
  from revert_records r where r.kept is not null`;

const keptLinks = `
  select l.kind, ${linkRecord} as record_id, case when not l.comes then ${linkValues} end as before,
    case when l.comes then ${linkValues} end as after, l.kept,
    case l.kind
      when 'membership' then (
        select jsonb_build_object('externalId', u.external_id, 'name', u.first_name || ' ' || u.last_name) from users u where u.id = l.user_id)
      else (select jsonb_build_object('externalId', g.external_id, 'name', g.name) from groups g where g.id = l.group_id) end as label
  from revert_links l where l.kept is not null`;

/** Lists what could not go back, with what stands there and what would. Returns how many records that is about. */
export async function listKept({ client, jobId }: DirectoryContext): Promise<number> {
  await client.query('delete from planned_changes where job_id = $1', [jobId]);
  for (const entries of [keptRecords, keptValues, keptLinks]) {
    await client.query(
      `insert into planned_changes (job_id, kind, record_id, before, after, label, kept)
       select $1, e.kind, e.record_id, e.before, e.after, e.label, e.kept from (${entries}) e order by e.record_id`,
      [jobId],
    );
  }
  const { rows } = await client.query<{ count: number }>(
    `select count(distinct (case kind when 'membership' then 'user' when 'managerFact' then 'group' else kind end, record_id))::int as count
     from planned_changes where job_id = $1`,
    [jobId],
  );
  return rows[0]?.count ?? 0;
}
