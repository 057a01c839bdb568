import { damaged } from '../unreadable.ts';

const lastColumn = 16_384;
const lastRow = 1_048_576;

/** The column of a reference such as `AB12` between two places, counted from 0. */
export function cellColumn(bytes: Uint8Array, start: number, end: number): number {
  let column = 0;
  for (let at = start; at < end && column <= lastColumn; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 65) break;
    // Letters of either case, by their lower five bits.
    const letter = byte < 128 ? byte & 31 : 0;
    if (letter < 1 || letter > 26) return outside();
    column = column * 26 + letter;
  }
  return column < 1 || column > lastColumn ? outside() : column - 1;
}

function outside(): never {
  throw damaged('a cell stands in a column that no sheet has');
}

/** A number of a row, counted from 1, when it is one. */
export function rowNumber(row: number): number {
  if (!Number.isInteger(row) || row < 1 || row > lastRow) throw damaged('a row has a number that no sheet has');
  return row;
}
