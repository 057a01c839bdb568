import { issue } from '@rosterport/domain';
import type { Guard } from './guard.ts';
import { enoughFor, exceeds, peopleText, percent, shareText } from './share.ts';

/** Holds a plan that deactivates too many; whoever files deactivated in the last 24 hours counts too, so that a slow bleed is seen. */
export const deactivations: Guard = {
  name: 'deactivations',
  async look({ policy }, { plan, managedPeople, history }) {
    const limit = policy.guards.deactivations;
    const planned = plan.changes.usersDeactivated;
    if (limit === null || planned === 0) return [];
    const count = planned + history.deactivatedLastDay;
    if (count <= limit.people) return [];
    const managed = await managedPeople(enoughFor(count, limit.share));
    if (managed === 0 || !exceeds(count, managed, limit.share)) return [];
    const found = shareText(count, managed, history.deactivatedLastDay);
    return [issue('validateDeactivationShare', { found, expected: `${percent(limit.share)} or ${peopleText(limit.people)}` })];
  },
};
