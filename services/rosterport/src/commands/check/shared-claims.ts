import { emailKey, type AnyField, type IssueCode, type UserRecord } from '@rosterport/domain';
import type { CheckedLine } from './checked-lines.ts';
import { claimsOf, rowKey, rowsText, type LinesByKey } from './line-keys.ts';
import { addFinding, type SetFindings } from './set-finding.ts';

/** What only one active person may have. */
const claims: readonly {
  readonly code: IssueCode;
  readonly field: AnyField;
  readonly value: (record: Partial<UserRecord>) => string | null | undefined;
  readonly compared: (value: string) => string;
}[] = [
  { code: 'validateNoEmailDuplicates', field: 'email', value: ({ email }) => email, compared: emailKey },
  { code: 'validateNoPhoneDuplicates', field: 'phoneNumber', value: ({ phone }) => phone, compared: (phone) => phone },
];

/** Somebody who has a value, by what findings about it are kept. */
interface Holder {
  readonly key: string;
  /** Rows of one person have the same. */
  readonly person: string;
  readonly lines: readonly CheckedLine[];
  readonly shown: string;
}

/**
 * Finds the e-mails and phones that more than one active person of the file would have. Rows that are refused count too,
 * each by itself: whoever mends them learns of everything at once.
 */
export function findSharedClaims(lines: LinesByKey, findings: SetFindings): void {
  const people = [...lines].flatMap(([key, rows]) => holdersAmong(rows, key, findings.has(key)));
  for (const { code, field, value, compared } of claims) {
    const holders = new Map<string, Holder[]>();
    for (const { rows, ...who } of people) {
      const shown = rows.map((line) => value(claimsOf(line) ?? {})).find((one) => one != null);
      if (shown == null) continue;
      const sharing = holders.get(compared(shown));
      if (sharing === undefined) holders.set(compared(shown), [{ ...who, lines: rows, shown }]);
      else sharing.push({ ...who, lines: rows, shown });
    }
    for (const sharing of holders.values()) {
      const some = firstPeople(sharing);
      if (some.length < 2) continue;
      for (const { key, person, shown } of sharing) {
        const others = some.filter((other) => other.person !== person).flatMap((other) => other.lines);
        const expected = `also in ${rowsText(others)}`;
        addFinding(findings, key, { code, about: { field }, found: shown, expected, spared: false });
      }
    }
  }
}

/** The first people; to name all of them would make the work grow by the square. */
function firstPeople(sharing: readonly Holder[]): readonly Holder[] {
  const first = new Map<string, Holder>();
  for (const holder of sharing) {
    if (first.size === 20) break;
    if (!first.has(holder.person)) first.set(holder.person, holder);
  }
  return [...first.values()];
}

/** A person as whoever may hold something: as a whole, or row by row where the person is refused. */
function holdersAmong(rows: readonly CheckedLine[], key: string, isRefused: boolean): readonly (Pick<Holder, 'key' | 'person'> & { readonly rows: readonly CheckedLine[] })[] {
  const active = rows.filter((line) => claimsOf(line)?.active !== false);
  if (isRefused || rows.some(({ row }) => row.record === null)) return active.map((line) => ({ key: rowKey(line), person: key, rows: [line] }));
  return active.length === rows.length ? [{ key, person: key, rows }] : [];
}
