/** What one cell of a COPY line may be; null and undefined are SQL's NULL. */
export type CopyValue = string | number | boolean | null | undefined;

/**
 * One line of COPY's text format with its line end, escaped so that the server reads back exactly these values. A string must
 * not hold NUL (U+0000): PostgreSQL's text cannot, and the COPY fails. Lone surrogates become U+FFFD on the way, as in any UTF-8.
 */
export function copyText(values: readonly CopyValue[]): string {
  let line = '';
  for (let index = 0; index < values.length; index++) {
    line += (index === 0 ? '' : '\t') + copyCell(values[index]);
  }
  return line + '\n';
}

/** One cell of such a line. */
export function copyCell(value: CopyValue): string {
  if (value === null || value === undefined) {
    return '\\N';
  }
  return typeof value === 'string' ? escape(value) : String(value);
}

const special = /[\\\t\n\r]/;

/** True of a text that stands in a line as it is. */
export function isPlainCell(text: string): boolean {
  return !special.test(text);
}

/** Testing first is what makes this cheap: hardly any cell holds such a character. */
function escape(text: string): string {
  return special.test(text) ? text.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character) : text;
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
