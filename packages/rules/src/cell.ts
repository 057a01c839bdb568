/** Stands in the place of a cell that a rule has refused, so that no later rule judges it again. */
export const refusedCell: unique symbol = Symbol('refused cell');

/**
 * A cell as the rules see it: its clean text; `undefined` when it is empty, so that the value stays as it is; `null` when
 * it holds the clear token; or the mark of a refused cell.
 */
export type Cell = string | null | undefined | typeof refusedCell;

/** Below U+0300 there is no combining mark, and so nothing that NFC would change. */
const mayNeedNormalising = /[^\0-\u02FF]/;

/** The text without white space around it (no-break spaces too) and in Unicode NFC. */
export function cleanText(text: string): string {
  const trimmed = text.trim();
  return mayNeedNormalising.test(trimmed) ? trimmed.normalize('NFC') : trimmed;
}

/** Reads a cell's text; `clearToken` is clean already. */
export function readCell(text: string | undefined, clearToken: string | null): Cell {
  if (text === undefined || text === '') return undefined;
  const clean = cleanText(text);
  if (clean === '') return undefined;
  return clean === clearToken ? null : clean;
}

/** True when the cell names a value, also one that was refused; false when it is empty or the clear token. */
export function hasValue(cell: Cell): boolean {
  return cell !== undefined && cell !== null;
}
