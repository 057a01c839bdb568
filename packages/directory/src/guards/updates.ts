import { issue } from '@rosterport/domain';
import type { Guard } from './guard.ts';
import { exceeds, percent, shareText } from './share.ts';

/** The active managed people whose values or links the plan changes, and who stay active. */
const updated = `
  select count(*)::int as count
  from plan_users p join users u on u.id = p.user_id
  left join plan_touched t on t.kind = 'user' and t.id = p.user_id
  where u.source_id = $1 and u.active and p.active and not p.refused and not p.skipped and (p.changed or t.id is not null)`;

/** Holds a plan that updates too many; whoever files updated in the last 24 hours counts too. */
export const updates: Guard = {
  name: 'updates',
  async look({ client, policy, sourceId }, { managedPeople, history }) {
    const limit = policy.guards.updates;
    if (limit === null || managedPeople === 0) return [];
    const { rows } = await client.query<{ count: number }>(updated, [sourceId]);
    const planned = rows[0]?.count ?? 0;
    if (planned === 0) return [];
    const count = planned + history.updatedLastDay;
    if (!exceeds(count, managedPeople, limit.share)) return [];
    const found = shareText(count, managedPeople, history.updatedLastDay);
    return [issue('validateUpdateShare', { found, expected: percent(limit.share) })];
  },
};
