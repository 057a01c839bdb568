import { issue } from '@rosterport/domain';
import type { Guard } from './guard.ts';
import { peopleText, rowsText } from './share.ts';

const counts = `
  select (select count(*) from in_users where external_id is null)::int as unreadable,
    (select count(*) from plan_users where how = 'absent')::int as absent`;

/** Holds a full file that would deactivate people for their absence while some of its rows may be about them. */
export const unreadableIds: Guard = {
  name: 'unreadableIds',
  async look({ client, policy }, { mode }) {
    if (!policy.guards.unreadableIds || mode !== 'full') return [];
    const { rows } = await client.query<{ unreadable: number; absent: number }>(counts);
    const { unreadable = 0, absent = 0 } = rows[0] ?? {};
    if (unreadable === 0 || absent === 0) return [];
    return [issue('validateReadableIds', { found: rowsText(unreadable), expected: peopleText(absent) })];
  },
};
