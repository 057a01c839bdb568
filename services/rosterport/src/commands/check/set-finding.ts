import { hasError, issue, type AnyField, type Issue, type IssueCode } from '@rosterport/domain';
import type { CheckedLine } from './checked-lines.ts';

/** A finding about all rows of one person or group, that no row shows by itself. */
export interface SetFinding {
  readonly code: IssueCode;
  /** The field that it is about, or the name of an attribute; `null` for the whole row. */
  readonly about: { readonly field: AnyField } | { readonly attribute: string } | null;
  readonly found: string | null;
  readonly expected: string | null;
  /** True when rows that have an error of their own do not need it. */
  readonly spared: boolean;
}

/** What was found, by the person or group, or by the row where it concerns that row alone; see `keyOf` and `rowKey`. */
export type SetFindings = Map<string, SetFinding[]>;

/** Adds a finding. */
export function addFinding(findings: SetFindings, key: string, finding: SetFinding): void {
  const others = findings.get(key);
  if (others === undefined) findings.set(key, [finding]);
  else others.push(finding);
}

/** The row's own findings, then those that concern it. */
export function allIssues({ row, header }: CheckedLine, findings: readonly SetFinding[]): readonly Issue[] {
  const isFaulty = hasError(row.issues);
  const concerned = findings.filter(({ spared }) => !spared || !isFaulty);
  const added = concerned.map(({ code, about, found, expected }) => {
    const column = header.columns.find((one) => about !== null && isAbout(one, about))?.name ?? null;
    return issue(code, { sheet: row.sheet, row: row.row, column, found, expected });
  });
  return [...row.issues, ...added];
}

function isAbout(column: CheckedLine['header']['columns'][number], about: NonNullable<SetFinding['about']>): boolean {
  return 'field' in about ? column.field === about.field : column.field === null && column.name === about.attribute;
}
