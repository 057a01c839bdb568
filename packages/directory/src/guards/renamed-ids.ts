import { issue } from '@rosterport/domain';
import { firstFew } from '../work/first-few.ts';
import type { Guard } from './guard.ts';

const renames = `
  select u.external_id || ' -> ' || p.external_id as rename
  from plan_users p join users u on u.id = p.user_id
  where p.how = 'rename' and not p.refused and not p.skipped
  order by p.ordinal`;

/** Holds a plan that gives people other ids because those they had have vanished and others bear their e-mail. */
export const renamedIds: Guard = {
  name: 'renamedIds',
  async look({ client, policy }) {
    if (!policy.guards.renamedIds) return [];
    const { rows } = await client.query<{ rename: string }>(renames);
    return rows.length === 0 ? [] : [issue('validateRenamedIds', { found: firstFew(rows.map((row) => row.rename)) })];
  },
};
