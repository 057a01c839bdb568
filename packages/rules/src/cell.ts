import { isOrdinary } from './ordinary-text.ts';

/** Stands in the place of a cell that a rule has refused, so that no later rule judges it again. */
export const refusedCell: unique symbol = Symbol('refused cell');

/**
 * A cell as the rules see it: its clean text; `undefined` when it is empty, so that the value stays as it is; `null` when
 * it holds the clear token; or the mark of a refused cell.
 */
export type Cell = string | null | undefined | typeof refusedCell;

/** The text without white space around it (no-break spaces too) and in Unicode NFC. */
export function cleanText(text: string): string {
  return isOrdinary(text) ? text : text.trim().normalize('NFC');
}

/** Reads a cell's text; `clearToken` is clean already. */
export function readCell(text: string | undefined, clearToken: string | null): Cell {
  if (text === undefined || text === '') return undefined;
  const clean = cleanText(text);
  if (clean === '') return undefined;
  return clean === clearToken ? null : clean;
}

/** The first cells of a row as the rules see them; `isOrdinary` tells whether all their texts are. */
export function readCells(
  texts: readonly string[],
  count: number,
  clearToken: string | null,
): { readonly cells: Cell[]; readonly isOrdinary: boolean } {
  const cells: Cell[] = [];
  let allOrdinary = true;
  for (let position = 0; position < count; position++) {
    const text = texts[position];
    if (text === undefined || text === '') cells.push(undefined);
    else if (isOrdinary(text)) cells.push(text === clearToken ? null : text);
    else {
      const cell = readCell(text, clearToken);
      if (typeof cell === 'string' && !isOrdinary(cell)) allOrdinary = false;
      cells.push(cell);
    }
  }
  return { cells, isOrdinary: allOrdinary };
}

/** True when the cell names a value, also one that was refused; false when it is empty or the clear token. */
export function hasValue(cell: Cell): boolean {
  return cell !== undefined && cell !== null;
}
