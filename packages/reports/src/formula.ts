/**
 * Begins like a formula: = + - @ in any width, also behind blanks and invisible characters, which spreadsheets drop; or a
 * tab or line end, behind which some spreadsheets begin to read anew.
 */
const formula = /^(?:[\t\r\n]|[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠﹦﹢﹣﹫])/u;

/** Puts an apostrophe before a text that a spreadsheet would run as a formula; any other text comes back as it is. */
export function escapeFormula(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}
