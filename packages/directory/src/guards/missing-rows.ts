import { issue } from '@rosterport/domain';
import type { Guard } from './guard.ts';
import { percent, rowsText } from './share.ts';

/** Holds a full file with far fewer rows of people than the last full file of the feed had. A file without such rows says nothing. */
export const missingRows: Guard = {
  name: 'missingRows',
  async look({ client, policy, untouchedRows = 0 }, { mode, managedPeople, history: { lastFullRows } }) {
    const limit = policy.guards.missingRows;
    if (limit === null || mode !== 'full' || managedPeople === 0 || lastFullRows === null || lastFullRows === 0) return [];
    const { rows } = await client.query<{ count: number }>('select count(*)::int as count from in_users');
    const count = untouchedRows + (rows[0]?.count ?? 0);
    if (count === 0 || count / lastFullRows >= limit.share) return [];
    const expected = `${rowsText(Math.ceil(lastFullRows * limit.share))} (${percent(limit.share)} of ${lastFullRows})`;
    return [issue('validateRowCount', { found: rowsText(count), expected })];
  },
};
