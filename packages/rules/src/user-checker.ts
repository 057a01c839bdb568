import type { CheckedRow, RawRow, UserRecord } from '@rosterport/domain';
import { noAttributes } from './rules/attributes.ts';
import { rowChecker } from './row-checker.ts';
import type { Draft } from './row-in-hand.ts';
import { columnFor, type RuleContext } from './rule-context.ts';
import { userRules } from './rules.ts';

/**
 * Makes the rules ready for a sheet of users. The function that comes back is called once a row, in any order; it never
 * throws, and lists all problems of the row. Its record is `null` exactly when an issue is an error.
 */
export function userChecker(context: RuleContext): (raw: RawRow) => CheckedRow<UserRecord> {
  return rowChecker(context, { rules: userRules, idColumn: columnFor(context, 'externalId'), empty: emptyUser });
}

function emptyUser(): Draft<UserRecord> {
  return {
    externalId: '',
    firstName: '',
    lastName: '',
    email: undefined,
    phone: undefined,
    isManager: undefined,
    groups: undefined,
    manager: undefined,
    active: undefined,
    language: undefined,
    attributes: noAttributes,
  };
}
