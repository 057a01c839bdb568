import type { JobContext } from '../work/job-context.ts';
import { noteFindings } from './finding.ts';
import { ways, type Found } from './resolve-references.ts';

/** Every naming of a group by a row of a surviving person. */
const naming = `
  select r.ordinal, e ->> 0 as by, e ->> 1 as value, e ->> 2 as key
  from plan_users p join in_users r using (external_id) cross join lateral jsonb_array_elements(r.groups) e
  where not p.refused and not p.skipped`;

/** Warns on each row that names a group in the given state. */
async function warn({ client }: JobContext, state: string, outcome: string): Promise<void> {
  for (const { by, field } of ways) {
    await client.query(
      noteFindings(
        { code: 'validateGroupExists', field },
        `select named.ordinal, named.value as found, '${outcome}' as expected
         from (${naming}) named join plan_references n using (by, key) where n.state = '${state}' and by = '${by}'
           -- Looks at no row while no group is in that state.
           and exists (select from plan_references o where o.state = '${state}' and o.by = '${by}')`,
      ),
    );
  }
}

/** Marks the unknown references that surviving people still make. */
async function keepNamed({ client }: JobContext): Promise<void> {
  await client.query(
    `update plan_references n set state = 'wanted'
     from (select distinct by, key from (${naming}) every where exists (select from plan_references where state = 'unknown')) named
     where n.state = 'unknown' and n.by = named.by and n.key = named.key`,
  );
}

/**
 * An id that nobody knows takes over the group, of the source or made by hand, that alone bears it as its name and has no id yet: the same
 * group, named first by name and then by id, must not become two.
 */
async function adoptByName({ client, tenantId, sourceId }: JobContext): Promise<void> {
  await client.query(
    `with found as (
       select n.key, n.value, min(g.id) as id
       from plan_references n
       join groups g on g.tenant_id = $1 and (g.source_id = $2 or g.source_id is null) and g.external_id is null and g.name_key = n.name_key
         and not exists (select from plan_groups p where p.group_id = g.id)
       where n.by = 'id' and n.state = 'wanted'
       group by n.key, n.value, n.name_key having count(*) = 1
     ), one as (select distinct on (id) * from found order by id, key),
     adopted as (
       update plan_references n set state = 'made', group_id = one.id from one where n.by = 'id' and n.key = one.key)
     insert into plan_groups (external_id, group_id, is_new, made, name, name_key, description, parent_id)
     select one.value, g.id, false, true, g.name, g.name_key, g.description, g.parent_id
     from one join groups g on g.id = one.id`,
    [tenantId, sourceId],
  );
}

/** Makes what is left: first the ids, then the names that none of those groups bears, each in their order. */
async function makeNew({ client }: JobContext): Promise<void> {
  for (const { by } of ways) {
    await client.query(
      `update plan_references n set state = 'made', group_id = p.id
       from (select name_key, min(group_id) as id from plan_groups where made group by name_key) p
       where '${by}' = 'name' and n.by = 'name' and n.state = 'wanted' and p.name_key = n.key`,
    );
    await client.query(
      `with numbered as materialized (
         select key, nextval('groups_id_seq') as id
         from (select key from plan_references where by = '${by}' and state = 'wanted' order by key collate "C") ordered),
       made as (
         update plan_references n set state = 'made', group_id = numbered.id from numbered
         where n.by = '${by}' and n.key = numbered.key and n.state = 'wanted' returning n.*)
       insert into plan_groups (external_id, group_id, is_new, made, name, name_key)
       select case when by = 'id' then value end, group_id, true, true, value, name_key from made`,
    );
  }
}

/**
 * Makes the unknown groups that surviving people name, or leaves them out, and warns on each row that names one. A group
 * made by its id bears the id as name; a group made by its name has no id until a file gives it one. A group whose own row
 * was refused is left out. Needs what `resolveReferences` found.
 */
export async function makeUnknownGroups(context: JobContext, { unknown }: Found): Promise<void> {
  const { client, policy } = context;
  if (policy.unknownGroup === 'reject' || unknown === 0) return;
  await warn(context, 'refused', 'it is left out, since its own row was refused');
  await warn(context, 'unknown', policy.unknownGroup === 'create' ? 'the file makes it' : 'it is left out');
  if (policy.unknownGroup === 'create') {
    await keepNamed(context);
    await adoptByName(context);
    await makeNew(context);
  }
  await client.query(`update plan_references set state = 'left' where state in ('unknown', 'refused')`);
}
