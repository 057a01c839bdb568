import { eachByItself } from '../work/each-by-itself.ts';
import type { JobContext } from '../work/job-context.ts';

const stays = 'not p.refused and not p.skipped';

/**
 * The ways in which groups come by managers that may lead elsewhere after the plan: those of facts that come and go, of facts
 * of members who come or go, and of all facts that name somebody who appears, comes, goes or is renamed. Who bears a name
 * matters only where facts of the tenant name anybody so.
 */
function affectedWays(context: JobContext, byName: boolean): string {
  const named = (by: 'id' | 'name'): string => `cross join lateral (
    select f.group_id, f.manager_by, f.manager_key from manager_facts f
    where f.tenant_id = $1 and f.manager_by = '${by}' and f.manager_key = named.key ${eachByItself(context)}) f`;
  const waysOfNames = `
    union
    select f.* from (
      select n.key from plan_users p left join users u on u.id = p.user_id cross join lateral (values (p.name_key), (u.name_key)) n (key)
      where ${stays} and (p.is_new or p.active <> p.was_active or p.name_key <> u.name_key)
    ) named ${named('name')}`;
  return `
    select group_id, manager_by, manager_key from plan_facts
    union
    select f.group_id, f.manager_by, f.manager_key
    from plan_users p join manager_facts f on f.user_id = p.user_id where ${stays} and p.active <> p.was_active
    union
    select f.* from (
      select p.external_id as key from plan_users p where ${stays} and (p.is_new or p.active <> p.was_active or p.how in ('email', 'rename'))
      union
      select u.external_id from plan_users p join users u on u.id = p.user_id where ${stays} and p.how in ('email', 'rename')
    ) named ${named('id')}${byName ? waysOfNames : ''}`;
}

/** Everybody who may manage a group by one of those ways, as the directory is or as the plan has it; `$2` is the source. */
function candidates(context: JobContext, byName: boolean): string {
  const whoIs = (is: string): string => `cross join lateral (select u.id from users u where ${is} = w.manager_key ${eachByItself(context)}) u`;
  const bearers = `
    union
    select w.group_id, u.id from ways w ${whoIs('u.tenant_id = $1 and u.sought_name')} where w.manager_by = 'name'
    union
    select w.group_id, p.user_id from ways w join plan_users p on p.name_key = w.manager_key where w.manager_by = 'name' and ${stays}`;
  return `
    insert into plan_managers (group_id, user_id)
    with ways as materialized (${affectedWays(context, byName)})
    select w.group_id, u.id from ways w ${whoIs('u.source_id = $2 and u.external_id')} where w.manager_by = 'id'
    union
    select w.group_id, p.user_id from ways w join plan_users p on p.external_id = w.manager_key where w.manager_by = 'id' and ${stays}${byName ? bearers : ''}`;
}

/**
 * That a member, or the group itself, is there to name somebody by `key`. Not `exists`, for which all facts of the tenant would
 * be gathered at once instead of few being looked up for each.
 */
function isNamed(by: 'id' | 'name', key: string): string {
  return `(
    select true from manager_facts f left join users s on s.id = f.user_id
    where f.tenant_id = $1 and f.manager_key = ${key} and f.manager_by = '${by}' and f.group_id = c.group_id
      ${by === 'id' ? 'and f.source_id = m.source_id' : ''} and (f.user_id is null or s.active) limit 1)`;
}

/** True of a candidate `c` who manages the group: what the view `group_managers` says of one pair. */
function manages(byName: boolean): string {
  const alone = `or ${isNamed('name', 'm.name_key')} and not exists (
    select from users o where o.tenant_id = $1 and o.sought_name = m.name_key and o.active and o.id <> m.id)`;
  return `coalesce((
    select true from users m where m.id = c.user_id and m.active and (${isNamed('id', 'm.external_id')} ${byName ? alone : ''}) limit 1), false)`;
}

/**
 * Puts down who may come to manage which group, or cease to, and who of them does before anything is written. A group of many
 * people is not looked through for the sake of one. With `byName` rows of the tenant name managers by name, or will.
 */
export async function noteManagers(context: JobContext, byName: boolean): Promise<void> {
  const { client, tenantId, sourceId } = context;
  await client.query(candidates(context, byName), [tenantId, sourceId]);
  await client.query('analyze plan_managers');
  await client.query(`update plan_managers c set was = true where ${manages(byName)}`, [tenantId]);
}

/** How many derived managers came and went since `noteManagers`, which was told the same of names. */
export async function countManagerChanges(
  { client, tenantId }: JobContext,
  byName: boolean,
): Promise<{ managersAdded: number; managersRemoved: number }> {
  const { rows } = await client.query<{ managersAdded: number; managersRemoved: number }>(
    `select count(*) filter (where now and not was)::int as "managersAdded", count(*) filter (where was and not now)::int as "managersRemoved"
     from (select was, ${manages(byName)} as now from plan_managers c) changed`,
    [tenantId],
  );
  return rows[0] ?? { managersAdded: 0, managersRemoved: 0 };
}
