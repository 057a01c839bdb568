import { defaultFeedPolicy, type CheckedRow, type GroupRecord, type Issue, type RawRow, type SheetHeader, type UserRecord } from '@rosterport/domain';
import { parse, type ByteSource, type DetectOptions, type ReadableTables } from '@rosterport/formats';
import { groupChecker, userChecker } from '@rosterport/rules';

/** A data row after its own rules were asked. */
export type CheckedLine =
  | { readonly kind: 'users'; readonly header: SheetHeader; readonly row: CheckedRow<UserRecord> }
  | { readonly kind: 'groups'; readonly header: SheetHeader; readonly row: CheckedRow<GroupRecord> };

/** A file that can be read as often as one likes. */
export interface ReadableFile {
  readonly source: ByteSource;
  readonly tables: ReadableTables;
  readonly options: DetectOptions;
}

/**
 * Reads the file from its start: its rows, checked by the rules for a feed with the default policy, and the findings about
 * the file that reading brings to light.
 */
export async function* checkedLines({ source, tables, options }: ReadableFile): AsyncGenerator<CheckedLine | Issue> {
  const checkers = new Map<SheetHeader, (raw: RawRow) => CheckedLine>();
  for await (const event of parse(source, tables, options)) {
    if (event.kind === 'issue') {
      yield event.issue;
      continue;
    }
    const check = checkers.get(event.header) ?? checkerOf(event.header);
    checkers.set(event.header, check);
    for (const raw of event.rows) yield check(raw);
  }
}

/** True for a row, false for a finding about the file. */
export function isLine(found: CheckedLine | Issue): found is CheckedLine {
  return 'kind' in found;
}

function checkerOf(header: SheetHeader): (raw: RawRow) => CheckedLine {
  const context = { policy: defaultFeedPolicy, header, knownAttributes: new Map() };
  if (header.kind === 'users') {
    const check = userChecker(context);
    return (raw) => ({ kind: 'users', header, row: check(raw) });
  }
  const check = groupChecker(context);
  return (raw) => ({ kind: 'groups', header, row: check(raw) });
}
