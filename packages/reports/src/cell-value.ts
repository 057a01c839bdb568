import type { CellRichTextValue } from 'exceljs';

/** What a cell of a workbook can hold at most, in UTF-16 units. */
const longestCell = 32_767;

/** What looks like an escape of ECMA-376 (part 1, 22.9.2.19), as in `_x0041_`. */
const escapeLike = /_(?=x[0-9A-Fa-f]{4}_)/g;

/**
 * The text as a cell that shows it as written and never as a formula, a number or a date; `null` when it is empty. It is
 * cut to 32,767 UTF-16 units, and characters that XML 1.0 cannot hold become U+FFFD.
 */
export function cellValue(text: string): string | CellRichTextValue | null {
  if (text === '') return null;
  const legal = cut(text)
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\t\n])[\p{Cc}\p{Surrogate}\p{Noncharacter_Code_Point}]/gu, '\uFFFD');
  const exact = legal.replace(escapeLike, '_x005F_');
  // exceljs writes strings as t="str", where readers trim blanks and disagree on escapes; rich text as t="inlineStr".
  return exact === legal && legal.trim() === legal ? legal : { richText: [{ text: exact }] };
}

function cut(text: string): string {
  if (text.length <= longestCell) return text;
  return `${text.slice(0, longestCell - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
