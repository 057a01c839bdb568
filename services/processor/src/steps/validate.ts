import type { CheckedRow, FeedPolicy, GroupRecord, Issue, RawRow, SheetHeader, UserRecord } from '@rosterport/domain';
import type { KnownRun, RowSieve, SiftedEvent } from '@rosterport/formats';
import { groupChecker, userChecker, type RuleContext } from '@rosterport/rules';
import { cleanIds } from './clean-ids.ts';
import type { RawRows } from './parse.ts';

/** Rows after their own rules were asked, those of users with the raw ones, users whom nobody needed to ask about, or a finding about the file. */
export type CheckedEvent =
  | { readonly kind: 'users'; readonly header: SheetHeader; readonly rows: readonly CheckedRow<UserRecord>[]; readonly raw: readonly RawRow[] }
  | (KnownRun & { readonly header: SheetHeader })
  | { readonly kind: 'groups'; readonly header: SheetHeader; readonly rows: readonly CheckedRow<GroupRecord>[] }
  | { readonly kind: 'issue'; readonly issue: Issue };

/** What the rules need to know besides the row. */
export type RuleSetting = Pick<RuleContext, 'knownAttributes'> & { readonly policy: FeedPolicy };

/** Reads the rows from the beginning each time it is called, and asks the rules about each. */
export type CheckedRows = (sieve?: RowSieve) => AsyncIterable<CheckedEvent>;

/** Asks the rules about each row as it passes. */
export function validate(rows: RawRows, setting: RuleSetting): CheckedRows {
  return (sieve) => checked(rows(sieve), setting);
}

async function* checked(events: AsyncIterable<SiftedEvent>, setting: RuleSetting): AsyncGenerator<CheckedEvent> {
  const checkers = new Map<SheetHeader, (rows: readonly RawRow[]) => CheckedEvent>();
  for await (const event of events) {
    if (event.kind === 'issue') yield event;
    else if (event.kind === 'known') yield { ...event, ids: cleanIds(event.ids) };
    else {
      const check = checkers.get(event.header) ?? checkerOf({ ...setting, header: event.header });
      checkers.set(event.header, check);
      yield check(event.rows);
    }
  }
}

function checkerOf(context: RuleContext): (rows: readonly RawRow[]) => CheckedEvent {
  const { header } = context;
  if (header.kind === 'users') {
    const check = userChecker(context);
    return (raw) => ({ kind: 'users', header, rows: raw.map(check), raw });
  }
  const check = groupChecker(context);
  return (raw) => ({ kind: 'groups', header, rows: raw.map(check) });
}
