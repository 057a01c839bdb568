import { emailKey } from '@rosterport/domain';
import type { CheckedLine } from './checked-lines.ts';

/** The person or group that a row names; `null` when its id could not be read. */
export function keyOf({ kind, row }: CheckedLine): string | null {
  return row.externalId === null ? null : `${kind}:${row.externalId}`;
}

/** Everything of a row that may stand in another row only under conditions: its id, its e-mail and its phone. */
export function sharedKeysOf(line: CheckedLine): readonly string[] {
  const id = keyOf(line);
  const keys = id === null ? [] : [id];
  if (line.kind === 'groups' || line.row.record === null) return keys;
  const { email, phone } = line.row.record;
  if (email != null) keys.push(`email:${emailKey(email)}`);
  if (phone != null) keys.push(`phone:${phone}`);
  return keys;
}

/** The rows of one person or group. */
export type LinesByKey = ReadonlyMap<string, readonly CheckedLine[]>;

/** Puts the rows of each person and group together; rows without an id stand with nobody. */
export function byKey(lines: readonly CheckedLine[]): LinesByKey {
  const groups = new Map<string, CheckedLine[]>();
  for (const line of lines) {
    const key = keyOf(line);
    if (key === null) continue;
    const others = groups.get(key);
    if (others === undefined) groups.set(key, [line]);
    else others.push(line);
  }
  return groups;
}

/** More would fill the report of a file in which everybody has the same address. */
const namedRows = 10;

/** Names rows as in `rows 4, 7` or `Users rows 4, 7`; of many rows the first ones. */
export function rowsText(lines: readonly CheckedLine[]): string {
  const sheet = lines[0]?.row.sheet ?? null;
  return `${sheet === null ? '' : `${sheet} `}rows ${lines.slice(0, namedRows).map(({ row }) => row.row).join(', ')}${lines.length > namedRows ? ', …' : ''}`;
}
