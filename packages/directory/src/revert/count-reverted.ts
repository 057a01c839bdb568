import type { Changes } from '@rosterport/domain';
import type { DirectoryContext } from '../work/job-context.ts';

/** Records by what becomes of them; those of which only links change are updated. */
const fates = `
  select distinct on (kind, record_id) kind, record_id, fate from (
    select r.kind, r.record_id, case
      when r.action <> 'restore' then r.action
      when r.kind = 'user' and r.now -> 'active' = 'true' and r.later -> 'active' = 'false' then 'deactivate'
      when r.kind = 'user' and r.now -> 'active' = 'false' and r.later -> 'active' = 'true' then 'reactivate'
      else 'update' end as fate, 1 as rank
    from revert_records r where r.kept is null and (r.action <> 'restore' or r.now <> r.later)
    union all
    select 'user', l.user_id, 'update', 2 from revert_links l where l.kept is null and l.user_id <> 0
    union all
    select 'group', l.group_id, 'update', 2 from revert_links l where l.kept is null and l.user_id = 0
  ) f order by kind, record_id, rank`;

const fate = (kind: string, name: string, as: string): string =>
  `count(*) filter (where f.kind = '${kind}' and f.fate = '${name}')::int as "${as}"`;

/** What the revert changes, but for the managers, which are derived. */
export async function countReverted({ client }: DirectoryContext): Promise<Omit<Changes, 'managersAdded' | 'managersRemoved'>> {
  const { rows } = await client.query<Omit<Changes, 'managersAdded' | 'managersRemoved'>>(
    `select f.*, l.* from (
       select ${[
         fate('user', 'recreate', 'usersCreated'),
         fate('user', 'update', 'usersUpdated'),
         fate('user', 'deactivate', 'usersDeactivated'),
         fate('user', 'reactivate', 'usersReactivated'),
         fate('user', 'remove', 'usersRemoved'),
         fate('group', 'recreate', 'groupsCreated'),
         fate('group', 'update', 'groupsUpdated'),
         fate('group', 'remove', 'groupsRemoved'),
         fate('attributeDefinition', 'recreate', 'attributesDefined'),
         fate('attributeDefinition', 'remove', 'attributesRemoved'),
       ].join(', ')} from (${fates}) f) f,
     (select count(*) filter (where comes)::int as "membershipsAdded", count(*) filter (where not comes)::int as "membershipsRemoved"
      from revert_links where kind = 'membership' and kept is null) l`,
  );
  const [changes] = rows;
  if (changes === undefined) throw new TypeError('An aggregate query gives one row.');
  return changes;
}

/** The groups whose managers may become others. */
export const affectedByRevert = `
  with people as (
    select r.* from revert_records r
    where r.kind = 'user' and r.kept is null and (r.action <> 'restore' or r.now <> r.later))
  select l.group_id from revert_links l where l.kind = 'managerFact' and l.kept is null
  union
  select f.group_id from manager_facts f join people p on p.record_id = f.user_id
  union
  select f.group_id from manager_facts f
  join (
    select p.now ->> 'externalId' as key, 'id' as by from people p
    union select p.later ->> 'externalId', 'id' from people p
    union select u.name_key, 'name' from people p join users u on u.id = p.record_id
    union select k.key, 'name' from revert_keys k where k.kind = 'name'
  ) named on f.manager_key = named.key and f.manager_by = named.by
  where f.tenant_id = $1`;
