import { issue } from '@rosterport/domain';
import type { Guard } from './guard.ts';
import { enoughFor, exceeds, percent, shareText } from './share.ts';

/**
 * The active managed people whose values or links the plan changes, and who stay active; and those whom the given jobs
 * updated before. Somebody who is updated twice is one; whoever they made was not updated.
 */
const updated = `
  with planned as materialized (
    select u.id from plan_users p join users u on u.id = p.user_id
    left join plan_touched t on t.kind = 'user' and t.id = p.user_id
    where u.source_id = $1 and u.active and p.active and not p.refused and not p.skipped and (p.changed or t.id is not null)),
  earlier as materialized (
    select g.record_id as id from unnest($2::uuid[]) job (id)
    join journal g on g.job_id = job.id and g.kind in ('user', 'membership')
    join users u on u.id = g.record_id and u.source_id = $1 and u.active
    where u.made_by is null or u.made_by <> all($2)
    group by g.record_id
    having bool_and(g.kind <> 'user' or g.before is not null and not coalesce(g.after ? 'active', false)))
  select (select count(*)::int from planned) as planned,
    (select count(*)::int from earlier e where not exists (select from planned p where p.id = e.id)) as earlier`;

/** Holds a plan that updates too many; others whom files updated in the last 24 hours count too. */
export const updates: Guard = {
  name: 'updates',
  async look({ client, policy, sourceId }, { plan, managedPeople, history }) {
    const limit = policy.guards.updates;
    if (limit === null || plan.changes.usersUpdated === 0) return [];
    // There can be no more of them. Mostly that is few, and then nobody needs to know who was updated when.
    const most = plan.changes.usersUpdated + history.updatedLastDay;
    const managed = await managedPeople(enoughFor(most, limit.share));
    if (managed === 0 || !exceeds(most, managed, limit.share)) return [];
    const { rows } = await client.query<{ planned: number; earlier: number }>(updated, [sourceId, history.jobsLastDay]);
    const { planned, earlier } = rows[0] ?? { planned: 0, earlier: 0 };
    if (planned === 0) return [];
    const count = planned + earlier;
    if (!exceeds(count, managed, limit.share)) return [];
    const found = shareText(count, managed, earlier);
    return [issue('validateUpdateShare', { found, expected: percent(limit.share) })];
  },
};
