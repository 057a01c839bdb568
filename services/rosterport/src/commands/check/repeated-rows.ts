import { emailKey, hasError, type AnyField, type GroupRecord, type UserRecord } from '@rosterport/domain';
import type { CheckedLine } from './checked-lines.ts';
import { rowsText, type LinesByKey } from './line-keys.ts';
import { addFinding, type SetFinding, type SetFindings } from './set-finding.ts';

/** A value that all rows of a person or group must agree on. Groups are united, and each row has a manager of its own. */
interface Claim {
  readonly about: NonNullable<SetFinding['about']>;
  readonly value: string;
}

/**
 * Compares the rows of people and groups that stand in several: an empty cell never disagrees; any disagreement, or one
 * faulty row, refuses them all. Of a faulty row the values are compared that are right.
 */
export function findRepeatedRows(lines: LinesByKey, findings: SetFindings): void {
  for (const [key, rows] of lines) {
    if (rows.length < 2) continue;
    const id = rows[0]?.row.externalId ?? '';
    for (const about of disagreements(rows)) {
      const expected = `${id} (${rowsText(rows)})`;
      addFinding(findings, key, { code: 'validateNoConflictingRows', about, found: null, expected, spared: false });
    }
    const faulty = rows.filter(({ row }) => hasError(row.issues));
    if (faulty.length === 0 || findings.has(key)) continue;
    addFinding(findings, key, { code: 'validateRowsTogether', about: null, found: id, expected: rowsText(faulty), spared: true });
  }
}

function disagreements(rows: readonly CheckedLine[]): readonly NonNullable<SetFinding['about']>[] {
  const first = new Map<string, string>();
  const disputed = new Map<string, NonNullable<SetFinding['about']>>();
  for (const { about, value } of rows.flatMap(claimsOf)) {
    const what = JSON.stringify(about);
    const known = first.get(what);
    if (known === undefined) first.set(what, value);
    else if (known !== value) disputed.set(what, about);
  }
  return [...disputed.values()];
}

function claimsOf(line: CheckedLine): readonly Claim[] {
  if (line.kind === 'users') {
    const user = line.row.record ?? line.row.proved;
    return user === undefined ? [] : userClaims(user);
  }
  const group = line.row.record ?? line.row.proved;
  return group === undefined ? [] : groupClaims(group);
}

function userClaims({ firstName, lastName, email, phone, isManager, active, language, attributes }: UserRecord): readonly Claim[] {
  return [
    ...fieldClaims([
      ['firstName', firstName],
      ['lastName', lastName],
      ['email', email == null ? email : emailKey(email)],
      ['phoneNumber', phone],
      ['isManager', isManager],
      ['active', active],
      ['language', language],
    ]),
    ...Object.entries(attributes).map(([attribute, value]) => ({ about: { attribute }, value: value ?? '' })),
  ];
}

function groupClaims({ name, description, responsibleManager, parent }: GroupRecord): readonly Claim[] {
  return fieldClaims([
    ['name', name],
    ['description', description],
    ['responsibleManager', responsibleManager],
    ['parentOrgUnit', parent],
  ]);
}

/** A mandatory text that is empty was refused. */
function fieldClaims(values: readonly (readonly [AnyField, string | boolean | null | undefined])[]): readonly Claim[] {
  return values.flatMap(([field, value]) => (value === undefined || value === '' ? [] : [{ about: { field }, value: String(value ?? '') }]));
}
