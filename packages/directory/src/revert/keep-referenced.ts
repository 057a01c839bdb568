import type { DirectoryContext } from '../work/job-context.ts';
import { keep } from './keep.ts';
import { counts, lastEntry } from './note-entries.ts';

/** A membership, or a fact about managers, that does not go. */
const staysMember = `not exists (
  select from revert_links l where l.kind = 'membership' and l.user_id = m.user_id and l.group_id = m.group_id
    and m.source_id = $1 and not l.comes and l.kept is null)`;
const staysFact = `not exists (select from revert_links l where l.fact_id = f.id and l.kept is null)`;

/** Somebody whom a later row names as manager. */
const namedSince = `exists (
  select from manager_facts f
  cross join lateral (
    select j.job_id from journal j where j.kind = 'managerFact' and j.record_id = f.group_id and j.id > ${lastEntry}
      and j.after ->> 'ref' = f.manager_ref
    union all
    select j.made_by from journal j where j.kind = 'managerFact' and j.record_id = f.group_id and j.made_entry > ${lastEntry}
      and j.before ->> 'ref' = f.manager_ref
    union all
    select m.made_by from users m where m.id = f.user_id and f.made_entry > ${lastEntry}) j
  where f.tenant_id = $2 and ${counts('j')} and (
    f.manager_by = 'id' and f.source_id = $1 and f.manager_key = r.now ->> 'externalId'
    or f.manager_by = 'name' and f.manager_key = (select u.name_key from users u where u.id = r.record_id)))`;

const usedPeople = `
  select r.record_id, null as unit from revert_records r
  where r.kind = 'user' and r.action = 'remove' and r.kept is null and (
    exists (select from memberships m where m.user_id = r.record_id and ${staysMember})
    or exists (select from manager_facts f where f.user_id = r.record_id and ${staysFact})
    or ${namedSince})`;

/** Groups with somebody or something in them, and all that were made above those. */
const usedGroups = `
  with recursive used as (
    select r.record_id from revert_records r
    where r.kind = 'group' and r.action = 'remove' and r.kept is null and (
      exists (select from memberships m where m.group_id = r.record_id and ${staysMember})
      or exists (select from manager_facts f where f.group_id = r.record_id and ${staysFact})
      or exists (
        select from groups c left join revert_records x on x.kind = 'group' and x.record_id = c.id and x.kept is null
        where c.parent_id = r.record_id and coalesce(x.action, '') <> 'remove'
          and (x.later is null or (x.later ->> 'parentId')::bigint = r.record_id)))
    union
    select above.record_id
    from used join groups g on g.id = used.record_id
    join revert_records above on above.kind = 'group' and above.record_id = g.parent_id and above.action = 'remove' and above.kept is null
  )
  select record_id, null as unit from used`;

/** Values of attributes that people will have. The tenant is `$1`. */
const valuesInUse = `
  select distinct v.name, v.value
  from (
    select case when x.record_id is null then u.attributes when x.action = 'remove' then '{}' else x.later -> 'attributes' end as attributes
    from users u left join revert_records x on x.kind = 'user' and x.record_id = u.id and x.kept is null
    where u.tenant_id = $1 and exists (select from changing)) u
  cross join lateral jsonb_each_text(u.attributes) v (name, value)
  where v.name in (select name from changing)`;

/** Attributes of which somebody has a value after the revert, and lists that would lose an option which somebody has. */
const usedAttributes = `
  with changing as (
    select r.record_id, r.now ->> 'name' as name, r.action, r.later from revert_records r
    where r.kind = 'attributeDefinition' and r.action <> 'recreate' and r.kept is null and r.now is not null
      and (r.action = 'remove' or r.now <> r.later))
  select distinct c.record_id, 'type' as unit
  from changing c join (${valuesInUse}) v using (name)
  where c.action = 'remove' or c.later ->> 'type' = 'list' and not c.later -> 'options' ? v.value`;

/** Keeps records that the job made and that others use by now. Returns how many more are kept. */
export async function keepReferenced({ client, tenantId, sourceId }: DirectoryContext): Promise<number> {
  const reason = 'referenced';
  const people = await keep(client, { kind: 'user', reason, found: usedPeople, values: [sourceId, tenantId] });
  const groups = await keep(client, { kind: 'group', reason, found: usedGroups, values: [sourceId] });
  const attributes = await keep(client, { kind: 'attributeDefinition', reason, found: usedAttributes, values: [tenantId] });
  return people + groups + attributes;
}
