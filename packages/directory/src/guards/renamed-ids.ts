import { issue } from '@rosterport/domain';
import { firstFew, mostNamed } from '../work/first-few.ts';
import type { Guard } from './guard.ts';

const renames = `
  select u.external_id || ' -> ' || p.external_id as rename, count(*) over ()::int as total
  from plan_users p join users u on u.id = p.user_id
  where not p.is_new and p.how = 'rename' and not p.refused and not p.skipped
  order by p.ordinal limit ${mostNamed}`;

/** Holds a plan that gives people other ids because those they had have vanished and others bear their e-mail. */
export const renamedIds: Guard = {
  name: 'renamedIds',
  async look({ client, policy }) {
    if (!policy.guards.renamedIds) return [];
    const { rows } = await client.query<{ rename: string; total: number }>(renames);
    return rows.length === 0 ? [] : [issue('validateRenamedIds', { found: firstFew(rows.map(({ rename }) => rename), rows[0]?.total) })];
  },
};
