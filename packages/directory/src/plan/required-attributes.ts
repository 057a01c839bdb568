import type { PlanContext } from './file-facts.ts';

/**
 * Refuses each active person of the file who would be without a required attribute after it, whether the cell is empty or
 * the file has no such column. Of those whose column is in doubt nobody knows.
 */
export async function requireAttributes({ client, tenantId, file }: PlanContext): Promise<void> {
  if (!file.hasRequired || file.inDoubt.has('active')) return;
  await client.query(
    `with bad as materialized (
       select p.external_id, d.name
       from attribute_definitions d join plan_users p on not p.attributes ? d.name
       where d.tenant_id = $1 and d.required and p.ordinal is not null and p.active and not p.refused and not p.skipped
         and not exists (select from in_columns c where c.field = 'doubt:attribute:' || d.name)),
     refused as (update plan_users p set refused = true from bad where p.external_id = bad.external_id)
     insert into findings (ordinal, code, severity, field, found, expected)
     select r.ordinal, 'validateExternalProperties', 'error', 'attribute:' || bad.name, 'empty', 'everybody must have a value'
     from bad join in_users r using (external_id)`,
    [tenantId],
  );
}
