import type { CheckedRow, FeedPolicy, GroupRecord, Issue, SheetHeader, UserRecord } from '@rosterport/domain';
import type { ParseEvent } from '@rosterport/formats';
import { groupChecker, userChecker, type RuleContext } from '@rosterport/rules';

/** Rows after their own rules were asked, or a finding about the file. */
export type CheckedEvent =
  | { readonly kind: 'users'; readonly header: SheetHeader; readonly rows: readonly CheckedRow<UserRecord>[] }
  | { readonly kind: 'groups'; readonly header: SheetHeader; readonly rows: readonly CheckedRow<GroupRecord>[] }
  | { readonly kind: 'issue'; readonly issue: Issue };

/** What the rules need to know besides the row. */
export type RuleSetting = Pick<RuleContext, 'knownAttributes'> & { readonly policy: FeedPolicy };

/** Asks the rules about each row as it passes. */
export async function* validate(events: AsyncIterable<ParseEvent>, setting: RuleSetting): AsyncGenerator<CheckedEvent> {
  const checkers = new Map<SheetHeader, (rows: Extract<ParseEvent, { kind: 'rows' }>) => CheckedEvent>();
  for await (const event of events) {
    if (event.kind === 'issue') {
      yield event;
      continue;
    }
    const check = checkers.get(event.header) ?? checkerOf({ ...setting, header: event.header });
    checkers.set(event.header, check);
    yield check(event);
  }
}

function checkerOf(context: RuleContext): (event: Extract<ParseEvent, { kind: 'rows' }>) => CheckedEvent {
  const { header } = context;
  if (header.kind === 'users') {
    const check = userChecker(context);
    return ({ rows }) => ({ kind: 'users', header, rows: rows.map(check) });
  }
  const check = groupChecker(context);
  return ({ rows }) => ({ kind: 'groups', header, rows: rows.map(check) });
}
