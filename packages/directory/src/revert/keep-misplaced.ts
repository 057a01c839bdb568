import { isTree, standsInCircle } from '../plan/find-circles.ts';
import type { DirectoryContext } from '../work/job-context.ts';
import { doWithout, isThere, keep } from './keep.ts';
import { lastEntry } from './note-entries.ts';

const reason = 'changedSince';

/** Groups that would get a parent, or be made again below one. */
const withParent = `
  select r.record_id, (r.later ->> 'parentId')::bigint as parent_id, 'parentId' as field, 'parentId' as unit
  from revert_records r
  where r.kind = 'group' and r.kept is null and r.action <> 'remove' and r.later ->> 'parentId' is not null
    and r.now -> 'parentId' is distinct from r.later -> 'parentId'`;

/** The groups of the tenant as they would stand after the revert. */
const tree = `
  insert into plan_climb (id, parent_id, ancestor_id)
  select id, parent_id, parent_id from (
    select g.id, case when r.record_id is null then g.parent_id else (r.later ->> 'parentId')::bigint end as parent_id
    from groups g
    left join revert_records r on r.kind = 'group' and r.record_id = g.id and r.kept is null
    where g.tenant_id = $1 and coalesce(r.action, '') <> 'remove'
    union all
    select r.record_id, (r.later ->> 'parentId')::bigint from revert_records r
    where r.kind = 'group' and r.kept is null and r.action = 'recreate') after`;

/** The definitions of attributes after the revert; `isOther` where their type was changed since. */
const definitions = `
  select d.name, coalesce(r.later ->> 'type', d.type) as type, coalesce(r.later -> 'options', to_jsonb(d.options)) as options,
    exists (
      select from journal l where l.kind = 'attributeDefinition' and l.record_id = d.id and l.id > ${lastEntry}
        and l.before ->> 'type' is distinct from l.after ->> 'type') as is_other
  from attribute_definitions d
  left join revert_records r on r.kind = 'attributeDefinition' and r.record_id = d.id and r.kept is null
  where d.tenant_id = $1 and coalesce(r.action, '') <> 'remove'
  union all
  select r.later ->> 'name', r.later ->> 'type', r.later -> 'options', false from revert_records r
  where r.kind = 'attributeDefinition' and r.action = 'recreate' and r.kept is null`;

/** Attribute values that nothing defines any more, or that the attribute would not take any more. */
const undefinedValues = `
  with definitions as materialized (${definitions})
  select r.record_id, 'attributes.' || a.name as field, 'attributes.' || a.name as unit
  from revert_records r cross join lateral jsonb_each_text(r.later -> 'attributes') a (name, value)
  where r.kind = 'user' and r.kept is null and r.action <> 'remove' and r.now is distinct from r.later
    and r.now -> 'attributes' ->> a.name is distinct from a.value
    and not exists (
      select from definitions d where d.name = a.name and case d.type
        when 'text' then true when 'list' then d.options ? a.value else not d.is_other end)`;

const lostLinks = `
  update revert_links l set kept = '${reason}'
  where l.comes and l.kept is null and not (
    ${isThere('group', 'l.group_id')} and (l.user_id = 0 or ${isThere('user', 'l.user_id')}))`;

/**
 * Keeps what has no place any more: groups whose parent is gone or would stand below them, attribute values without a
 * definition, links whose person or group will not be there. Returns how many more are kept.
 */
export async function keepMisplaced({ client, tenantId }: DirectoryContext): Promise<number> {
  let kept = 0;
  const leave = async (kind: 'user' | 'group', found: string, values: readonly unknown[] = []): Promise<void> => {
    kept += await doWithout(client, { kind, reason, found, values });
    const restored = `select f.* from (${found}) f join revert_records r on r.kind = '${kind}' and r.record_id = f.record_id and r.action = 'restore'`;
    kept += await keep(client, { kind, reason, found: restored, values });
  };
  await leave('group', `${withParent} and not ${isThere('group', `(r.later ->> 'parentId')::bigint`)}`);
  const { rows: moved } = await client.query(`${withParent} limit 1`);
  if (moved.length > 0 && kept === 0 && !(await isTree(client, { groups: tree, values: [tenantId] }))) {
    await leave('group', `${withParent} and r.record_id in (select id from plan_climb where ${standsInCircle})`);
  }
  await leave('user', undefinedValues, [tenantId]);
  const links = await client.query(lostLinks);
  return kept + (links.rowCount ?? 0);
}
