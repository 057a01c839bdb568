import type { JobContext } from '../work/job-context.ts';
import type { PlanContext } from './file-facts.ts';
import { findCircles, type Circle } from './find-circles.ts';
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
         and not exists (select from plan_groups o where o.external_id = r.parent and not o.refused and (not o.made or o.group_id = p.parent_id))
         and not exists (select from groups g where g.source_id = $1 and g.external_id = r.parent)`,
    ),
    [sourceId],
  );
}

/**
 * Settles the place of every group: refuses all members of a circle, and judges again, since a refused group keeps the
 * parent that it has in the directory. A parent that was refused and is not in the directory is unknown.
 */
export async function settleParents(context: PlanContext): Promise<void> {
  if (context.file.groupRows === 0) return;
  await resolveParents(context);
  for (;;) {
    const circles = await findCircles(context);
    if (circles.length === 0) break;
    await refuseCircles(context, circles);
    await releaseFromRefusedParents(context);
  }
}

/**
 * Hangs groups below those that people of the same file make by naming them, and warns of parents that nobody knows. Must run
 * when those are made. One that was taken over by its name may stand below the group that names it: it counts as unknown.
 */
export async function settleMadeParents(context: PlanContext): Promise<void> {
  const { client, file } = context;
  if (file.groupRows === 0) return;
  const { rowCount } = await client.query(
    `update plan_groups p set parent_id = made.group_id
     from plan_groups made where made.made and made.external_id = p.parent and not p.refused`,
  );
  if (rowCount !== 0) await releaseFromMadeParents(context, await findCircles(context));
  await warnOfUnknownParents(context);
}

async function releaseFromMadeParents({ client }: JobContext, circles: readonly Circle[]): Promise<void> {
  await client.query(
    `update plan_groups p set parent_id = (select g.parent_id from groups g where g.id = p.group_id)
     from plan_groups made
     where made.made and made.external_id = p.parent and p.parent_id = made.group_id and p.external_id = any($1::text[])`,
    [circles.map((circle) => circle.externalId)],
  );
}

async function refuseCircles({ client }: JobContext, circles: readonly Circle[]): Promise<void> {
  await client.query(
    refuseGroups(
      { code: 'validateNoGroupCycles', field: 'parentOrgUnit' },
      'select *, null::text as expected from unnest($1::text[], $2::text[]) as circle (external_id, found)',
    ),
    [circles.map((circle) => circle.externalId), circles.map((circle) => circle.path)],
  );
}

/** A child of a refused new group keeps its present parent, since that group will not exist. */
async function releaseFromRefusedParents({ client }: JobContext): Promise<void> {
  await client.query(
    `update plan_groups p set parent_id = (select g.parent_id from groups g where g.id = p.group_id)
     from plan_groups parent where parent.group_id = p.parent_id and parent.refused and parent.is_new`,
  );
}
