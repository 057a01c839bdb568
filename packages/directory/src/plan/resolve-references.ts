import type { PlanContext } from './file-facts.ts';
import { refuseUsers, type FindingKind } from './finding.ts';

/** The groups of the tenant as they will be after the file. */
const groupsAfter = `
  select p.group_id as id, p.external_id, p.name_key, true as same_source from plan_groups p where not p.refused
  union all
  select g.id, g.external_id, g.name_key, g.source_id = $2 from groups g
  where g.tenant_id = $1 and not exists (select from plan_groups p where p.group_id = g.id and not p.refused)`;

/** Lists of groups, and namings, that are written alike are counted as one first: many people name few groups. */
const ofPeople = `
  select distinct on (e ->> 0, e ->> 2) e ->> 0 as by, e ->> 2 as key, e ->> 1 as value, e ->> 3 as name_key
  from (
    select e, min(p.first) as first
    from (select groups, min(ordinal) as first from plan_users where not skipped and groups is not null group by groups) p
    cross join lateral jsonb_array_elements(p.groups) e group by e) named
  order by e ->> 0, e ->> 2, first`;

/** How a row can name a group, the field in which it does so, and the column of the group's own row that bears it. */
export const ways = [
  { by: 'id', field: 'groupId', ownColumn: 'external_id' },
  { by: 'name', field: 'groupName', ownColumn: 'name_key' },
] as const;

/** How many ways of naming a group there are, and how many of them lead to no group, or to several. */
export interface Found {
  readonly ways: number;
  readonly unknown: number;
  readonly ambiguous: number;
}

const nothing: Found = { ways: 0, unknown: 0, ambiguous: 0 };

/**
 * Finds the group behind each way of naming one: ids among the groups of the source, names among all groups of the tenant,
 * without regard to case. `named` is a query with the columns `by`, `key`, `value` and `name_key`, each `by` and `key` once;
 * what was looked for before stays as it is. Returns how many ways there were to look for, and how many led nowhere or to several.
 */
export async function findNamedGroups({ client, tenantId, sourceId, file }: PlanContext, named: string): Promise<Found> {
  const { rows } = await client.query<Found>(
    `with after as materialized (${groupsAfter}),
     named as materialized (
       select * from (${named}) each where not exists (select from plan_references n where n.by = each.by and n.key = each.key)),
     noted as (
     insert into plan_references (by, key, value, name_key, group_id, state)
     select n.by, n.key, n.value, n.name_key, case when found.times = 1 then found.id end,
       case when found.times is null then 'unknown' when found.times > 1 then 'ambiguous' else 'known' end
     from named n left join (
       select 'id' as by, external_id as key, min(id) as id, count(*) as times from after
       where same_source and external_id is not null group by external_id
       union all
       select 'name', name_key, min(id), count(*) from after group by name_key
     ) found using (by, key) returning state)
     select count(*)::int as ways, count(*) filter (where state = 'unknown')::int as unknown,
       count(*) filter (where state = 'ambiguous')::int as ambiguous from noted`,
    [tenantId, sourceId],
  );
  const [found = nothing] = rows;
  if (found.ways > 0) await client.query('analyze plan_references');
  // A group whose own row was refused is not made behind its back.
  for (const { by, ownColumn } of found.unknown > 0 && file.groupRows > 0 ? ways : []) {
    await client.query(
      `update plan_references n set state = 'refused'
       where n.state = 'unknown' and n.by = '${by}' and n.key in (select ${ownColumn} from in_groups)`,
    );
  }
  return found;
}

/** The people whose rows name a group in one of the states, with the group as the row names it and why it cannot be. */
function peopleNaming(states: readonly ('ambiguous' | 'unknown' | 'refused')[], by: 'id' | 'name'): string {
  return `select distinct p.external_id, n.value as found,
      case n.state when 'unknown' then 'this feed takes no new groups' when 'refused' then 'its own row was refused' end as expected
    from plan_users p
    cross join lateral jsonb_array_elements(p.groups) e
    join plan_references n on n.by = e ->> 0 and n.key = e ->> 2
    where n.state in ('${states.join(`', '`)}') and n.by = '${by}' and not p.refused and not p.skipped
      -- Looks at nobody while no group is in such a state.
      and exists (select from plan_references o where o.state in ('${states.join(`', '`)}') and o.by = '${by}')
    order by 1, 2`;
}

/**
 * Finds the group behind each way in which the people of the file name one. A name that several groups bear refuses the row;
 * a group that nobody knows is treated as the feed wishes. Returns what was found.
 */
export async function resolveReferences(context: PlanContext): Promise<Found> {
  const { client, policy } = context;
  const found = await findNamedGroups(context, ofPeople);
  if (found.ambiguous > 0) {
    await client.query(refuseUsers({ code: 'validateGroupNameIsUnique', field: 'groupName' }, peopleNaming(['ambiguous'], 'name')));
  }
  if (policy.unknownGroup === 'reject' && found.unknown > 0) {
    for (const { by, field } of ways) {
      const kind: FindingKind = { code: 'validateGroupExists', field, severity: 'error' };
      await client.query(refuseUsers(kind, peopleNaming(['unknown', 'refused'], by)));
    }
  }
  return found;
}
