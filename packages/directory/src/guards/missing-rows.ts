import { issue } from '@rosterport/domain';
import type { Guard } from './guard.ts';
import { percent, rowsText } from './share.ts';

/** Holds a full file with far fewer rows of people than the last full file of the feed had. A file without such rows says nothing. */
export const missingRows: Guard = {
  name: 'missingRows',
  async look({ policy, untouchedRows = 0 }, { mode, plan, managedPeople, history: { lastFullRows } }) {
    const limit = policy.guards.missingRows;
    if (limit === null || mode !== 'full' || lastFullRows === null || lastFullRows === 0) return [];
    const count = untouchedRows + plan.file.userRows;
    if (count === 0 || count / lastFullRows >= limit.share || (await managedPeople(1)) === 0) return [];
    const expected = `${rowsText(Math.ceil(lastFullRows * limit.share))} (${percent(limit.share)} of ${lastFullRows})`;
    return [issue('validateRowCount', { found: rowsText(count), expected })];
  },
};
