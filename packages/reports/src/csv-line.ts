import Papa from 'papaparse';
import { escapeFormula } from './formula.ts';

/** The byte order mark, by which spreadsheets know UTF-8. */
export const byteOrderMark = '\uFEFF';

/** One value of a line; `null` is an empty cell. */
export type CsvValue = string | number | null;

/** One line of CSV with its line end (RFC 4180, but separated by `;`), formulas escaped. */
export function csvLine(values: readonly CsvValue[]): string {
  const cells = values.map((value) => (typeof value === 'string' ? escapeFormula(value) : value));
  return `${Papa.unparse([cells], { delimiter: ';' })}\r\n`;
}
