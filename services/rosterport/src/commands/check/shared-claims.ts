import { emailKey, type AnyField, type IssueCode, type UserRecord } from '@rosterport/domain';
import type { CheckedLine } from './checked-lines.ts';
import { rowsText, type LinesByKey } from './line-keys.ts';
import { addFinding, type SetFindings } from './set-finding.ts';

/** What only one active person may have. */
const claims: readonly {
  readonly code: IssueCode;
  readonly field: AnyField;
  readonly value: (record: UserRecord) => string | null | undefined;
  readonly compared: (value: string) => string;
}[] = [
  { code: 'validateNoEmailDuplicates', field: 'email', value: ({ email }) => email, compared: emailKey },
  { code: 'validateNoPhoneDuplicates', field: 'phoneNumber', value: ({ phone }) => phone, compared: (phone) => phone },
];

interface Holder {
  readonly key: string;
  readonly lines: readonly CheckedLine[];
  readonly shown: string;
}

/** Finds the e-mails and phones that more than one person of the file would have. People who are refused or inactive have none. */
export function findSharedClaims(lines: LinesByKey, findings: SetFindings): void {
  const people = [...lines].filter(([key, rows]) => !findings.has(key) && isActive(rows));
  for (const { code, field, value, compared } of claims) {
    const holders = new Map<string, Holder[]>();
    for (const [key, rows] of people) {
      const shown = recordsOf(rows).map(value).find((one) => one != null);
      if (shown == null) continue;
      const sharing = holders.get(compared(shown));
      if (sharing === undefined) holders.set(compared(shown), [{ key, lines: rows, shown }]);
      else sharing.push({ key, lines: rows, shown });
    }
    for (const sharing of holders.values()) {
      if (sharing.length < 2) continue;
      for (const { key, shown } of sharing) {
        const expected = `also in ${rowsText(someOthers(sharing, key))}`;
        addFinding(findings, key, { code, about: { field }, found: shown, expected, spared: false });
      }
    }
  }
}

/** Rows of the first other people; all of them would make the work grow by the square. */
function someOthers(sharing: readonly Holder[], key: string): readonly CheckedLine[] {
  return sharing.slice(0, 20).flatMap((other) => (other.key === key ? [] : other.lines));
}

/** A person with a faulty row is refused as a whole. */
function isActive(rows: readonly CheckedLine[]): boolean {
  const records = recordsOf(rows);
  return records.length === rows.length && records.every(({ active }) => active !== false);
}

function recordsOf(rows: readonly CheckedLine[]): readonly UserRecord[] {
  return rows.flatMap((line) => (line.kind === 'users' && line.row.record !== null ? [line.row.record] : []));
}
