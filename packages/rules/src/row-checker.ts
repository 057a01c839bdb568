import { hasError, type CheckedRow, type HeaderColumn, type RawRow } from '@rosterport/domain';
import { cleanText, readCell, type Cell } from './cell.ts';
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

/** Makes the rules ready for a sheet. The function that comes back is called once a row; it never throws. */
export function rowChecker<DraftType>(
  context: RuleContext,
  shape: RecordShape<DraftType>,
): (raw: RawRow) => CheckedRow<DraftType> {
  const { header, policy } = context;
  const clearToken = policy.clearToken === null ? null : cleanText(policy.clearToken);
  const positions = header.columns.map((column) => column.position);
  const steps = shape.rules.map((rule) => rule.compile(context)).filter((step): step is Step<DraftType> => step !== null);
  const idPosition = shape.idColumn?.position ?? null;

  return function check(raw) {
    const cells: Cell[] = [];
    for (const position of positions) cells[position] = readCell(raw.cells[position], clearToken);
    const row: RowInHand<DraftType> = { sheet: header.sheet, raw, cells, draft: shape.empty(), issues: [] };
    for (const step of steps) step(row);
    const id = idPosition === null ? undefined : cells[idPosition];
    const place = { sheet: header.sheet, row: raw.row, externalId: typeof id === 'string' ? id : null, issues: row.issues };
    return hasError(row.issues) ? { ...place, record: null, proved: row.draft } : { ...place, record: row.draft };
  };
}
