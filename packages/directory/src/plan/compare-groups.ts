import type { JobContext } from '../work/job-context.ts';

/** Marks the groups of the file whose own values differ from the directory. */
export async function compareGroups({ client, sourceId }: JobContext): Promise<void> {
  await client.query(
    `update plan_groups p set changed = true
     from groups g
     where g.id = p.group_id and not p.refused
       and (p.external_id, p.name, p.description, p.parent_id, $1::uuid)
         is distinct from (g.external_id, g.name, g.description, g.parent_id, g.source_id)`,
    [sourceId],
  );
}
