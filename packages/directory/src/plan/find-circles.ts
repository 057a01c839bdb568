import type { JobContext } from '../work/job-context.ts';

/** A group of the file that would be above itself. */
export interface Circle {
  readonly externalId: string;
  /** The way from the group back to itself, as in `A < B < A`. */
  readonly path: string;
}

/** The tenant's groups as they would stand after the file: each with its parent, and an ancestor that climbs. */
const tree = `
  insert into plan_climb (id, parent_id, ancestor_id, label, in_file)
  select p.group_id, p.parent_id, p.parent_id, p.external_id, true from plan_groups p where not p.refused
  union all
  select g.id, g.parent_id, g.parent_id, coalesce(g.external_id, g.name), false from groups g
  where g.tenant_id = $1 and not exists (select from plan_groups p where p.group_id = g.id and not p.refused)`;

/** Finds the groups of the file that stand in a circle. */
export async function findCircles({ client, tenantId }: JobContext): Promise<readonly Circle[]> {
  const { rows: changed } = await client.query('select from plan_groups where not refused and parent_id is not null limit 1');
  if (changed.length === 0) return [];
  return circlesIn(client, { groups: tree, values: [tenantId] });
}

/** Finds the groups of the file that stand in a circle of the tree with which the statement fills `plan_climb`. */
export async function circlesIn(client: JobContext['client'], tree: Tree): Promise<readonly Circle[]> {
  if (await isTree(client, tree)) return [];
  const { rows } = await client.query<Member>(`select id, parent_id, label, in_file from plan_climb where ${standsInCircle}`);
  return circlesOf(rows);
}

/** A statement that fills `plan_climb`. */
interface Tree {
  readonly groups: string;
  readonly values: readonly unknown[];
}

/** SQL of a row of `plan_climb` that `isTree` has found to be above itself. */
export const standsInCircle = 'id in (select ancestor_id from plan_climb)';

/**
 * Fills `plan_climb` by the statement and climbs. Every step doubles how far up each group looks, so even a chain of a million
 * groups is climbed in twenty; who never comes to a root hangs below a circle, and whom those arrive at stands in it. Returns
 * true when everybody comes to a root.
 */
export async function isTree(client: JobContext['client'], { groups, values }: Tree): Promise<boolean> {
  // Not truncated, which would throw away the plans that stay with the connection.
  await client.query('delete from plan_climb');
  const { rowCount } = await client.query(groups, [...values]);
  await client.query('analyze plan_climb');
  for (let reach = 1; reach <= (rowCount ?? 0); reach *= 2) {
    const climbed = await client.query(
      `update plan_climb c set ancestor_id = a.ancestor_id
       from plan_climb a where a.id = c.ancestor_id`,
    );
    if (climbed.rowCount === 0) return true;
  }
  const stuck = await client.query('select from plan_climb where ancestor_id is not null limit 1');
  return stuck.rowCount === 0;
}

interface Member {
  readonly id: string;
  readonly parent_id: string;
  readonly label: string;
  readonly in_file: boolean;
}

/** How many groups a path names at most. */
const mostNames = 12;

function circlesOf(members: readonly Member[]): readonly Circle[] {
  const byId = new Map(members.map((member) => [member.id, member]));
  return members.filter((member) => member.in_file).map((member) => ({ externalId: member.label, path: pathFrom(member, byId) }));
}

function pathFrom(start: Member, byId: ReadonlyMap<string, Member>): string {
  const names = [start.label];
  let at = byId.get(start.parent_id);
  while (at !== undefined && at !== start && names.length < mostNames) {
    names.push(at.label);
    at = byId.get(at.parent_id);
  }
  return [...names, ...(at === start ? [] : ['…']), start.label].join(' < ');
}
