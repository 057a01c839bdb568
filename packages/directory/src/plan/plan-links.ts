import { eachByItself } from '../work/each-by-itself.ts';
import type { JobContext } from '../work/job-context.ts';

/**
 * Puts down which groups each row of a surviving person gives, and which manager it names for them. Mostly it is one row with
 * one group, which then needs neither to be looked up nor to be taken apart.
 */
async function noteGivenGroups({ client }: JobContext): Promise<void> {
  await client.query(
    `insert into plan_given (user_id, group_id, ordinal, is_new, made, alone, manager_by, manager_ref, manager_key, manager_cleared)
     select p.user_id, n.group_id, p.ordinal, p.is_new, p.is_new, p.is_new,
       p.manager_by, p.manager_ref, p.manager_key, coalesce(p.manager_cleared, false)
     from plan_users p
     join plan_references n on n.by = p.groups -> 0 ->> 0 and n.key = p.groups -> 0 ->> 2
     where not p.several and not p.refused and not p.skipped and n.group_id is not null
     union all
     select p.user_id, n.group_id, r.ordinal, p.is_new, p.is_new and r.ordinal = p.ordinal, false,
       r.manager_by, r.manager_ref, r.manager_key, coalesce('manager' = any(r.clears), false)
     from plan_users p
     join in_users r using (external_id)
     cross join lateral jsonb_array_elements(r.groups) e
     join plan_references n on n.by = e ->> 0 and n.key = e ->> 2
     where p.several and not p.refused and not p.skipped and n.group_id is not null`,
  );
  await client.query('analyze plan_given');
}

/**
 * Compares memberships: a person with group cells gets exactly those groups from this source. If a group was left out,
 * groups are added and none removed. What other sources gave stays.
 */
async function planMemberships(context: JobContext): Promise<void> {
  const { client, sourceId } = context;
  await client.query(
    `insert into plan_more_memberships
     select distinct g.user_id, g.group_id, true, g.is_new from plan_given g
     where not g.alone and not exists (
       select from memberships m where m.user_id = g.user_id and m.group_id = g.group_id and m.source_id = $1)`,
    [sourceId],
  );
  await client.query(
    `insert into plan_more_memberships
     select p.user_id, m.group_id, false, false, m.made_entry
     from plan_users p cross join lateral (
       select m.group_id, m.made_entry from memberships m where m.user_id = p.user_id and m.source_id = $1 ${eachByItself(context)}) m
     where p.groups is not null and not p.refused and not p.skipped and not p.is_new
       and not exists (select from plan_given g where g.user_id = p.user_id and g.group_id = m.group_id)
       and not exists (
         select from jsonb_array_elements(p.groups) e join plan_references n on n.by = e ->> 0 and n.key = e ->> 2
         where n.state = 'left')`,
    [sourceId],
  );
}

/**
 * The facts that the file states: of members for the groups that their rows give, and of groups for themselves. Rows that
 * name different managers for one group make each of them its manager.
 */
const statedFacts = `
  select distinct on (group_id, user_id, manager_by, manager_key)
    group_id, user_id, ordinal, is_new, made, manager_by, manager_ref, manager_key
  from (
    select group_id, user_id, ordinal, is_new, made, manager_by, manager_ref, manager_key
    from plan_given where manager_ref is not null and not alone
    union all
    select m.group_id, p.user_id, r.ordinal, false, false, r.manager_by, r.manager_ref, r.manager_key
    from plan_users p
    join in_users r using (external_id)
    join memberships m on m.user_id = p.user_id and m.source_id = $1
    where p.groups is null and r.manager_ref is not null and not p.refused and not p.skipped
    union all
    select p.group_id, 0, r.ordinal, false, false, 'id', r.responsible, r.responsible
    from plan_groups p join in_groups r using (external_id)
    where r.responsible is not null and not p.refused
  ) stated
  order by group_id, user_id, manager_by, manager_key, ordinal`;

/** Places of which the rows withdraw what they said before: with the membership that it rests on, or because they clear it. */
const clearedPlaces = `
  select m.group_id, m.user_id, p.ordinal from plan_more_memberships m join plan_users p using (user_id) where not m.added
  union
  select group_id, user_id, ordinal from plan_given where manager_cleared
  union
  select m.group_id, p.user_id, r.ordinal
  from plan_users p join in_users r using (external_id) join memberships m on m.user_id = p.user_id and m.source_id = $1
  where p.groups is null and 'manager' = any(r.clears) and not p.refused and not p.skipped
  union
  select p.group_id, 0, r.ordinal from plan_groups p join in_groups r using (external_id)
  where 'responsibleManager' = any(r.clears) and not p.refused`;

/** Puts down what the file says, in tables of its own, so that the comparison below is planned by what is really in them. */
async function noteStatedFacts({ client, sourceId }: JobContext): Promise<void> {
  await client.query(`insert into plan_stated (group_id, user_id, ordinal, is_new, made, manager_by, manager_ref, manager_key) ${statedFacts}`, [sourceId]);
  await client.query(
    `insert into plan_places
     select group_id, user_id, min(ordinal) from (
       select group_id, user_id, ordinal from plan_stated where not is_new union all select group_id, user_id, ordinal from (${clearedPlaces}) c
     ) places group by group_id, user_id`,
    [sourceId],
  );
  await client.query('analyze plan_stated, plan_places');
}

/** Compares the facts of who manages what; a row whose manager cell is empty leaves what was said before. */
async function planFacts({ client, sourceId }: JobContext): Promise<void> {
  await client.query(
    `insert into plan_more_facts (group_id, user_id, fact_id, made_entry, ordinal, made, manager_by, manager_ref, manager_key)
     select s.group_id, s.user_id, null::bigint, null::bigint, s.ordinal, s.made, s.manager_by, s.manager_ref, s.manager_key
     from plan_stated s
     where not exists (
       select from manager_facts f
       where f.source_id = $1 and f.group_id = s.group_id and coalesce(f.user_id, 0) = s.user_id
         and f.manager_by = s.manager_by and f.manager_key = s.manager_key)
     union all
     select p.group_id, p.user_id, f.id, f.made_entry, p.ordinal, false, f.manager_by, f.manager_ref, f.manager_key
     from plan_places p
     join manager_facts f on f.source_id = $1 and f.group_id = p.group_id and coalesce(f.user_id, 0) = p.user_id
     where not exists (
       select from plan_stated s
       where s.group_id = p.group_id and s.user_id = p.user_id
         and s.manager_by = f.manager_by and s.manager_key = f.manager_key)`,
    [sourceId],
  );
}

/** Plans the memberships and the facts about managers, and notes whom they touch. */
export async function planLinks(context: JobContext): Promise<void> {
  await noteGivenGroups(context);
  await planMemberships(context);
  await noteStatedFacts(context);
  await planFacts(context);
  await context.client.query('analyze plan_more_memberships, plan_more_facts');
  await context.client.query(
    // Somebody new is not touched besides.
    `with known as (select user_id from plan_users where not is_new)
     insert into plan_touched
     select 'user', user_id from plan_more_memberships join known using (user_id) union
     select 'user', user_id from plan_more_facts join known using (user_id) union
     select 'group', group_id from plan_more_facts where user_id = 0`,
  );
}
