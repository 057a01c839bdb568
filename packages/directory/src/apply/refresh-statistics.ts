import type { Changes } from '@rosterport/domain';
import type { JobContext } from '../work/job-context.ts';

/** From so many new rows on, what the planner knew of a table may no longer be true; of a larger one, from a tenth of it on. */
const many = 1_000;
const share = 0.1;

const grown = `
  select array(
    select t.name from unnest($1::text[], $2::int[]) t (name, added)
    join pg_class c on c.oid = t.name::regclass where t.added >= ${many} and t.added >= c.reltuples * ${share}) as names`;

type PlannedChanges = Omit<Changes, 'managersAdded' | 'managersRemoved'>;

/** About so many rows come to each table by the changes, seldom more: who changes may bring claims and facts, too. */
function newRows(changes: PlannedChanges): readonly (readonly [table: string, rows: number])[] {
  const { usersCreated, usersUpdated, usersReactivated, groupsCreated, groupsUpdated, membershipsAdded } = changes;
  const people = usersCreated + usersUpdated + usersReactivated;
  return [
    ['users', usersCreated],
    ['claims', people],
    ['memberships', membershipsAdded],
    ['manager_facts', membershipsAdded + people + groupsCreated + groupsUpdated],
  ];
}

/**
 * Has the planner look again at tables that this job filled by the changes. The server does so by itself, but a minute later,
 * and the next file of a first load would be planned as if the tables were empty: ten thousand people then took four times as
 * long.
 */
export async function refreshStatistics({ client }: JobContext, changes: PlannedChanges): Promise<void> {
  const filled = newRows(changes).filter(([, rows]) => rows >= many);
  if (filled.length === 0) return;
  const { rows } = await client.query<{ names: readonly string[] }>(grown, [filled.map(([name]) => name), filled.map(([, added]) => added)]);
  const [{ names } = { names: [] }] = rows;
  if (names.length > 0) await client.query(`analyze ${names.join(', ')}`);
}
