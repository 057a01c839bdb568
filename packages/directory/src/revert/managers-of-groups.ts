import type { DirectoryContext } from '../work/job-context.ts';

const managers = `
  select m.group_id, m.user_id from group_managers m
  where m.tenant_id = $1 and m.group_id in (select group_id from plan_managed_groups)`;

/** Puts down who manages the groups of a query, whose `$1` is the tenant, before anything is written. */
export async function noteManagersOfGroups({ client, tenantId }: DirectoryContext, affected: string): Promise<void> {
  await client.query(`insert into plan_managed_groups ${affected}`, [tenantId]);
  await client.query('analyze plan_managed_groups');
  await client.query(`insert into managers_before ${managers}`, [tenantId]);
}

/** How many derived managers came and went since `noteManagersOfGroups`. */
export async function countManagersOfGroups({
  client,
  tenantId,
}: DirectoryContext): Promise<{ managersAdded: number; managersRemoved: number }> {
  const { rows } = await client.query<{ managersAdded: number; managersRemoved: number }>(
    `with after as materialized (${managers})
     select
       (select count(*) from (select * from after except select * from managers_before) a)::int as "managersAdded",
       (select count(*) from (select * from managers_before except select * from after) r)::int as "managersRemoved"`,
    [tenantId],
  );
  return rows[0] ?? { managersAdded: 0, managersRemoved: 0 };
}
