import { issue } from '@rosterport/domain';
import type { Guard } from './guard.ts';
import { exceeds, peopleText, percent, shareText } from './share.ts';

/** Holds a plan that deactivates too many; whoever files deactivated in the last 24 hours counts too, so that a slow bleed is seen. */
export const deactivations: Guard = {
  name: 'deactivations',
  async look({ client, policy }, { managedPeople, history }) {
    const limit = policy.guards.deactivations;
    if (limit === null || managedPeople === 0) return [];
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::int as count from plan_users where not refused and not skipped and was_active and not active',
    );
    const planned = rows[0]?.count ?? 0;
    if (planned === 0) return [];
    const count = planned + history.deactivatedLastDay;
    if (count <= limit.people || !exceeds(count, managedPeople, limit.share)) return [];
    const found = shareText(count, managedPeople, history.deactivatedLastDay);
    return [issue('validateDeactivationShare', { found, expected: `${percent(limit.share)} or ${peopleText(limit.people)}` })];
  },
};
