import type { CheckedRow, GroupRecord, RawRow } from '@rosterport/domain';
import { rowChecker } from './row-checker.ts';
import type { Draft } from './row-in-hand.ts';
import { columnFor, type RuleContext } from './rule-context.ts';
import { groupRules } from './rules.ts';

/**
 * Makes the rules ready for a sheet of groups. The function that comes back is called once a row, in any order; it never
 * throws, and lists all problems of the row. Its record is `null` exactly when an issue is an error.
 */
export function groupChecker(context: RuleContext): (raw: RawRow) => CheckedRow<GroupRecord> {
  return rowChecker(context, { rules: groupRules, idColumn: columnFor(context, 'orgUnitId'), empty: emptyGroup });
}

function emptyGroup(): Draft<GroupRecord> {
  return { externalId: '', name: '', description: undefined, responsibleManager: undefined, parent: undefined };
}
