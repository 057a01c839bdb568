import { mostOptions, type AttributeChange, type AttributeDefinition } from '@rosterport/domain';
import type { PlanContext } from './file-facts.ts';

/** What people of the file would have of lists that do not know it. The tenant is `$1`. */
const unknownOptions = `
  select v.* from (
    select d.id, d.name, p.external_id, p.ordinal, p.attributes ->> d.name as option
    from attribute_definitions d join plan_users p on p.attributes ? d.name
    where d.tenant_id = $1 and d.type = 'list' and p.ordinal is not null and not p.refused and not p.skipped
      and exists (select from in_columns c where c.field = 'attribute:' || d.name)) v
  left join (select id, unnest(options) as option from attribute_definitions where tenant_id = $1 and type = 'list') o
    using (id, option)
  where o.id is null`;

/**
 * Refuses all people who would give a list options that it does not have, when there are more new ones than it has room for:
 * such a column is no list.
 */
export async function refuseSurplusOptions({ client, tenantId, policy, file }: PlanContext): Promise<void> {
  if (policy.unknownAttribute === 'strict' || !file.hasLists) return;
  await client.query(
    `with unknown as materialized (${unknownOptions}),
     full_lists as (
       select id from unknown join attribute_definitions d using (id)
       group by id, d.options having count(distinct option) + cardinality(d.options) > ${mostOptions}),
     bad as materialized (select * from unknown join full_lists using (id)),
     refused as (update plan_users p set refused = true from bad where p.external_id = bad.external_id)
     insert into findings (ordinal, code, severity, field, found, expected)
     select r.ordinal, 'validateExternalProperties', 'error', 'attribute:' || bad.name, bad.option,
       'the list would have more than ${mostOptions} options'
     from bad join in_users r using (external_id)`,
    [tenantId],
  );
}

/** The lists that get options from the people whom the plan does not refuse, in the order of their first rows. */
export async function newOptions({ client, tenantId, file }: PlanContext): Promise<readonly AttributeChange[]> {
  if (!file.hasLists) return [];
  const { rows } = await client.query<AttributeDefinition & { readonly added: readonly string[] }>(
    `select d.name, d.type, d.options, d.required, u.added
     from (
       select id, array_agg(option order by first) as added
       from (select id, option, min(ordinal) as first from (${unknownOptions}) each group by id, option) once group by id) u
     join attribute_definitions d using (id) order by d.name`,
    [tenantId],
  );
  return rows.map(({ added, ...before }) => ({ before, after: { ...before, options: [...before.options, ...added] } }));
}
