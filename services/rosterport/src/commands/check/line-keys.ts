import { emailKey, isInDoubt, type UserRecord } from '@rosterport/domain';
import type { CheckedLine } from './checked-lines.ts';

/** The person or group that a row names; where its id could not be read, the row stands for nobody but itself. */
export function keyOf(line: CheckedLine): string {
  const { kind, row } = line;
  return row.externalId === null ? rowKey(line) : `${kind}:${row.externalId}`;
}

/** The row itself. */
export function rowKey({ kind, row }: CheckedLine): string {
  return `${kind} row ${row.sheet ?? ''}!${row.row}`;
}

/**
 * What a row of users gives that only one active person may have, as far as it is right: a row that is refused is compared
 * too. `null` where a faulty header row leaves open who the row is about or who is active.
 */
export function claimsOf(line: CheckedLine): Partial<UserRecord> | null {
  if (line.kind === 'groups' || isInDoubt(line.header, 'externalId') || isInDoubt(line.header, 'active')) return null;
  return line.row.record ?? line.row.proved ?? null;
}

/** Everything of a row that may stand in another row only under conditions: its id, its e-mail and its phone. */
export function sharedKeysOf(line: CheckedLine): readonly string[] {
  const keys = line.row.externalId === null ? [] : [keyOf(line)];
  const { email, phone } = claimsOf(line) ?? {};
  if (email != null) keys.push(`email:${emailKey(email)}`);
  if (phone != null) keys.push(`phone:${phone}`);
  return keys;
}

/** The rows of one person or group. */
export type LinesByKey = ReadonlyMap<string, readonly CheckedLine[]>;

/** Puts the rows of each person and group together. */
export function byKey(lines: readonly CheckedLine[]): LinesByKey {
  const groups = new Map<string, CheckedLine[]>();
  for (const line of lines) {
    const key = keyOf(line);
    const others = groups.get(key);
    if (others === undefined) groups.set(key, [line]);
    else others.push(line);
  }
  return groups;
}

/** More would fill the report of a file in which everybody has the same address. */
const namedRows = 10;

/** Names rows as in `row 4` or `Users rows 4, 7`; of many rows the first ones. */
export function rowsText(lines: readonly CheckedLine[]): string {
  const sheet = lines[0]?.row.sheet ?? null;
  return `${sheet === null ? '' : `${sheet} `}${lines.length === 1 ? 'row' : 'rows'} ${lines.slice(0, namedRows).map(({ row }) => row.row).join(', ')}${lines.length > namedRows ? ', …' : ''}`;
}
