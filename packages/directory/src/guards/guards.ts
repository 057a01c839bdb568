import type { GuardName, Issue } from '@rosterport/domain';
import type { JobContext } from '../work/job-context.ts';
import { deactivations } from './deactivations.ts';
import { emptiedColumns } from './emptied-columns.ts';
import type { Guard, GuardFacts } from './guard.ts';
import { missingLineEnd } from './missing-line-end.ts';
import { missingRows } from './missing-rows.ts';
import { olderFile } from './older-file.ts';
import { renamedIds } from './renamed-ids.ts';
import { swappedIds } from './swapped-ids.ts';
import { unreadableIds } from './unreadable-ids.ts';
import { updates } from './updates.ts';

/** Every guard, in the order in which breaches are listed. A new one is a file, and a line here. */
export const guards: readonly Guard[] = [
  deactivations,
  updates,
  emptiedColumns,
  missingRows,
  swappedIds,
  renamedIds,
  olderFile,
  unreadableIds,
  missingLineEnd,
];

/**
 * Asks all guards about the plan in the work tables, so that all breaches are listed together. Those that are overridden are
 * not asked. Must run before the plan is written.
 */
export async function askGuards(
  context: JobContext,
  facts: Omit<GuardFacts, 'managedPeople'>,
  override: readonly GuardName[],
): Promise<readonly Issue[]> {
  const all = { ...facts, managedPeople: countingManaged(context) };
  const breaches: Issue[] = [];
  for (const guard of guards) {
    if (!override.includes(guard.name)) breaches.push(...(await guard.look(context, all)));
  }
  return breaches;
}

/** In the order of an index: the planner takes a small source beside a large one for large, and would go through all people. */
const managed = `
  select count(*)::int as count from (select from users where source_id = $1 and active order by external_id limit $2) few`;

/** Counts again only where what was counted before does not tell. */
function countingManaged({ client, sourceId }: JobContext): GuardFacts['managedPeople'] {
  let counted = { most: 0, count: 0 };
  return async (most) => {
    if (counted.count === counted.most && counted.most < most) {
      const { rows } = await client.query<{ count: number }>(managed, [sourceId, most]);
      counted = { most, count: rows[0]?.count ?? 0 };
    }
    return Math.min(counted.count, most);
  };
}
