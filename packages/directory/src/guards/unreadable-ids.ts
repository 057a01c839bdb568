import { issue } from '@rosterport/domain';
import type { Guard } from './guard.ts';
import { peopleText, rowsText } from './share.ts';

/** Holds a full file that would deactivate people for their absence while some of its rows may be about them. */
export const unreadableIds: Guard = {
  name: 'unreadableIds',
  async look({ client, policy }, { mode, plan }) {
    const unreadable = plan.file.unreadableRows;
    if (!policy.guards.unreadableIds || mode !== 'full' || unreadable === 0) return [];
    const { rows } = await client.query<{ absent: number }>(`select count(*)::int as absent from plan_users where how = 'absent'`);
    const absent = rows[0]?.absent ?? 0;
    if (absent === 0) return [];
    return [issue('validateReadableIds', { found: rowsText(unreadable), expected: peopleText(absent) })];
  },
};
