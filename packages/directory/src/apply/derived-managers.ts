import type { DirectoryContext } from '../work/job-context.ts';

/**
 * The groups whose managers may become others: those with a changed fact, and those with a fact about somebody who
 * appears, comes, goes or is renamed.
 */
const affectedGroups = `
  select group_id from plan_facts
  union
  select f.group_id from manager_facts f join plan_users p on p.user_id = f.user_id
  where not p.refused and not p.skipped and p.active <> p.was_active
  union
  select f.group_id from manager_facts f
  join (
    select p.external_id as key, 'id' as by from plan_users p
    where not p.refused and not p.skipped and (p.is_new or p.active <> p.was_active)
    union
    select p.name_key, 'name' from plan_users p where not p.refused and not p.skipped and (p.is_new or p.changed)
    union
    select u.name_key, 'name' from plan_users p join users u on u.id = p.user_id
    where not p.refused and not p.skipped and p.changed
  ) named on f.manager_key = named.key and f.manager_by = named.by
  where f.tenant_id = $1`;

const managers = `
  select m.group_id, m.user_id from group_managers m
  where m.tenant_id = $1 and m.group_id in (select group_id from plan_managed_groups)`;

/**
 * Puts down who manages the affected groups before anything is written: those of the plan, or those of another query (its
 * `$1` is the tenant).
 */
export async function noteManagers({ client, tenantId }: DirectoryContext, affected = affectedGroups): Promise<void> {
  await client.query(`insert into plan_managed_groups ${affected}`, [tenantId]);
  await client.query('analyze plan_managed_groups');
  await client.query(`insert into managers_before ${managers}`, [tenantId]);
}

/** How many derived managers came and went since `noteManagers`. */
export async function countManagerChanges({
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
