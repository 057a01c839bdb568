import type { JobContext } from '../work/job-context.ts';
import { noteFindings, refuseGroups } from './finding.ts';

/** Gives each group of the file its parent; an unknown one is a warning, and the group keeps the place that it has. */
async function resolveParents({ client, sourceId }: JobContext): Promise<void> {
  await client.query(
    `update plan_groups p set parent_id = parent.id
     from (
       select c.group_id, coalesce(planned.group_id, g.id) as id
       from plan_groups c
       left join plan_groups planned on planned.external_id = c.parent and not planned.refused
       left join groups g on g.source_id = $1 and g.external_id = c.parent
       where c.parent is not null
     ) parent
     where parent.group_id = p.group_id and parent.id is not null`,
    [sourceId],
  );
}

async function warnOfUnknownParents({ client, sourceId }: JobContext): Promise<void> {
  await client.query(
    noteFindings(
      { code: 'validateParentGroupExists', field: 'parentOrgUnit' },
      `select r.ordinal, r.parent as found, null as expected
       from in_groups r join plan_groups p using (external_id)
       where not p.refused and r.parent is not null
         and not exists (select from plan_groups o where o.external_id = r.parent and not o.refused)
         and not exists (select from groups g where g.source_id = $1 and g.external_id = r.parent)`,
    ),
    [sourceId],
  );
}

/**
 * The groups of the file that would be above themselves, with the names of the whole circle. Each way upwards starts at a
 * group of the file, since a circle needs at least one changed place.
 */
const circles = `
  with recursive tree as (
    select p.group_id as id, p.parent_id, p.external_id as label from plan_groups p where not p.refused
    union all
    select g.id, g.parent_id, coalesce(g.external_id, g.name) from groups g
    where g.tenant_id = $1 and not exists (select from plan_groups p where p.group_id = g.id and not p.refused)
  ), up as (
    select t.id as start, t.parent_id as at, t.label as path from tree t join plan_groups p on p.group_id = t.id
    where t.parent_id is not null
    union all
    select up.start, t.parent_id, up.path || ' < ' || t.label
    from up join tree t on t.id = up.at where up.at <> up.start and t.parent_id is not null
  ) cycle at set seen using way
  select p.external_id, up.path || ' < ' || p.external_id as found, null::text as expected
  from up join plan_groups p on p.group_id = up.start where up.at = up.start and not up.seen`;

/**
 * Settles the place of every group: refuses all members of a circle, and judges again, since a refused group keeps the
 * parent that it has in the directory. A parent that was refused and is not in the directory is unknown.
 */
export async function settleParents(context: JobContext): Promise<void> {
  await resolveParents(context);
  for (;;) {
    const { rowCount } = await context.client.query(refuseGroups({ code: 'validateNoGroupCycles', field: 'parentOrgUnit' }, circles), [
      context.tenantId,
    ]);
    if (rowCount === 0) break;
    await releaseFromRefusedParents(context);
  }
  await warnOfUnknownParents(context);
}

/** A child of a refused new group keeps its present parent, since that group will not exist. */
async function releaseFromRefusedParents({ client }: JobContext): Promise<void> {
  await client.query(
    `update plan_groups p set parent_id = (select g.parent_id from groups g where g.id = p.group_id)
     from plan_groups parent where parent.group_id = p.parent_id and parent.refused and parent.is_new`,
  );
}
