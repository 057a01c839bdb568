import type { PlanContext } from './file-facts.ts';

const groups = `
  select r.ordinal, r.external_id, r.name, r.name_key, r.description, r.parent, r.clears
  from in_groups r
  where r.valid and not exists (select from in_repeated m where m.kind = 'groups' and m.external_id = r.external_id)
  union all
  select min(r.ordinal), r.external_id, max(r.name), max(r.name_key), max(r.description), max(r.parent),
    array_agg(distinct c) filter (where c is not null)
  from in_groups r join in_repeated m on m.kind = 'groups' and m.external_id = r.external_id and not m.refused
  left join lateral unnest(r.clears) c on true
  group by r.external_id`;

/** Names that one group of the file bears alone. */
const ownNames = `
  select r.name_key from in_groups r
  where r.valid and not exists (
    select from in_repeated m where m.kind = 'groups' and m.external_id = r.external_id and m.refused)
  group by r.name_key having count(distinct r.external_id) = 1`;

/**
 * Finds each group of the file in the directory: by the external id within the source, else, the first time, the group
 * without an external id, of the source or made by hand, that alone bears its name. The parent is settled later, when all
 * groups are known. New groups get ascending ids in the order of the file, in which lists then show them.
 */
export async function matchGroups({ client, tenantId, sourceId, file }: PlanContext): Promise<void> {
  if (file.groupRows === 0) return;
  await client.query(
    `insert into plan_groups (external_id, group_id, ordinal, is_new, name, name_key, description, parent, parent_id)
     select p.external_id, coalesce(g.id, n.id, nextval('groups_id_seq')), p.ordinal, g.id is null and n.id is null,
       p.name, p.name_key,
       case when 'description' = any(p.clears) then null else coalesce(p.description, g.description, n.description) end,
       p.parent,
       case when 'parent' = any(p.clears) then null else coalesce(g.parent_id, n.parent_id) end
     from (${groups}) p
     left join groups g on g.source_id = $2 and g.external_id = p.external_id
     left join (
       select name_key, min(id) as id, min(description) as description, min(parent_id) as parent_id
       from groups join (${ownNames}) own using (name_key)
       where tenant_id = $1 and (source_id = $2 or source_id is null) and external_id is null
       group by name_key having count(*) = 1
     ) n on g.id is null and n.name_key = p.name_key
     order by p.ordinal`,
    [tenantId, sourceId],
  );
  await client.query('analyze plan_groups');
}
