import type { JobContext } from '../work/job-context.ts';
import { circlesIn } from './find-circles.ts';
import { noteFindings } from './finding.ts';

/**
 * The tenant's groups as they would stand if every row of the file were right. The tenant is `$1`, the source `$2`. Groups of
 * the file have numbers below 0, since a refused one need not have any.
 */
const tree = `
  insert into plan_climb (id, parent_id, ancestor_id, label, in_file)
  with said as materialized (
    select distinct on (external_id) external_id, parent, -ordinal as id from in_groups
    where external_id is not null order by external_id, parent is null, ordinal),
  known as materialized (
    select g.id as group_id, g.parent_id, g.source_id = $2 as own, g.external_id, g.name, coalesce(s.id, g.id) as id
    from groups g left join said s on g.source_id = $2 and s.external_id = g.external_id where g.tenant_id = $1),
  placed as (
    select s.id, case when s.parent is null then up.id else coalesce(named.id, other.id) end as parent_id, s.external_id as label, true as in_file
    from said s
    left join said named on named.external_id = s.parent
    left join known other on other.own and other.external_id = s.parent
    left join known me on me.id = s.id
    left join known up on up.group_id = me.parent_id
    union all
    select k.id, up.id, coalesce(k.external_id, k.name), false
    from known k left join known up on up.group_id = k.parent_id where k.id = k.group_id)
  select id, parent_id, parent_id, label, in_file from placed`;

/** Says of refused rows of groups that they would close a circle, once they were right. */
export async function noteCirclesOfRefusedRows({ client, tenantId, sourceId }: JobContext): Promise<void> {
  const rows = `in_groups r join in_refused f on f.kind = 'groups' and f.ordinal = r.ordinal`;
  const { rowCount } = await client.query(`select from ${rows} where r.parent is not null and r.external_id is not null limit 1`);
  if (rowCount === 0) return;
  const circles = await circlesIn(client, { groups: tree, values: [tenantId, sourceId] });
  await client.query(
    noteFindings(
      { code: 'validateNoGroupCycles', field: 'parentOrgUnit' },
      `select r.ordinal, circle.found, null::text as expected
       from unnest($1::text[], $2::text[]) as circle (external_id, found) join ${rows} using (external_id)
       where r.parent is not null
         and not exists (select from findings told where told.ordinal = r.ordinal and told.code = 'validateNoGroupCycles')`,
    ),
    [circles.map((circle) => circle.externalId), circles.map((circle) => circle.path)],
  );
}
