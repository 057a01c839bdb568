import { damaged } from '../unreadable.ts';

const lastColumn = 16_384;
const lastRow = 1_048_576;

/** The column of a reference such as `AB12`, counted from 0. */
export function cellColumn(reference: string): number {
  let column = 0;
  let at = 0;
  for (; at < reference.length; at++) {
    // Letters of either case, by their lower five bits.
    const code = reference.charCodeAt(at);
    if (code < 65) break;
    column = column * 26 + (code & 31);
    if (column > lastColumn) break;
  }
  if (column < 1 || column > lastColumn) throw damaged('a cell stands in a column that no sheet has');
  return column - 1;
}

/** The number of a row, counted from 1. */
export function rowNumber(text: string): number {
  const row = Number(text);
  if (!Number.isInteger(row) || row < 1 || row > lastRow) throw damaged('a row has a number that no sheet has');
  return row;
}
