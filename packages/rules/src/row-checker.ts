import { hasError, type CheckedRow, type HeaderColumn, type Issue, type RawRow } from '@rosterport/domain';
import { cleanText, readCells } from './cell.ts';
import type { RowInHand } from './row-in-hand.ts';
import type { Rule, Step } from './rule.ts';
import type { RuleContext } from './rule-context.ts';

/** What differs between the kinds of record. */
export interface RecordShape<DraftType> {
  readonly rules: readonly Rule<DraftType>[];
  /** The column of the external id; `null` when the sheet has none. */
  readonly idColumn: HeaderColumn | null;
  /** A draft that sets nothing. */
  readonly empty: () => DraftType;
}

/** Shared by all rows without a finding. */
const noIssues: readonly Issue[] = Object.freeze([]);

/** Makes the rules ready for a sheet. The function that comes back is called once a row; it never throws. */
export function rowChecker<DraftType>(
  context: RuleContext,
  shape: RecordShape<DraftType>,
): (raw: RawRow) => CheckedRow<DraftType> {
  const { header, policy } = context;
  const clearToken = policy.clearToken === null ? null : cleanText(policy.clearToken);
  const width = Math.max(-1, ...header.columns.map((column) => column.position)) + 1;
  const steps = shape.rules.map((rule) => rule.compile(context)).filter((step): step is Step<DraftType> => step !== null);
  const idPosition = shape.idColumn?.position ?? null;

  return function check(raw) {
    const { cells, isOrdinary } = readCells(raw.cells, width, clearToken);
    const row: RowInHand<DraftType> = { sheet: header.sheet, raw, cells, isOrdinary, draft: shape.empty(), issues: [] };
    for (const step of steps) step(row);
    const { draft, issues } = row;
    const id = idPosition === null ? undefined : cells[idPosition];
    const externalId = typeof id === 'string' ? id : null;
    if (issues.length === 0) return { sheet: header.sheet, row: raw.row, externalId, issues: noIssues, record: draft };
    const place = { sheet: header.sheet, row: raw.row, externalId, issues };
    return hasError(issues) ? { ...place, record: null, proved: draft } : { ...place, record: draft };
  };
}
