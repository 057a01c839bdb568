/** Control characters, lone surrogates, and the two code points that no XML document (and so no workbook) may hold. */
const notStorable = /[\0-\x1F\x7F-\x9F\p{Cs}\uFFFE\uFFFF]/u; // eslint-disable-line no-control-regex

/** The same without the line ends and tabs that a text of several lines has. */
const notStorableInLines = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\p{Cs}\uFFFE\uFFFF]/u; // eslint-disable-line no-control-regex

const everyNotStorableInLines = new RegExp(notStorableInLines, 'gu');

/**
 * The first character that must not be stored, as in `U+0000`; `null` when there is none. Line ends and tabs may stand in
 * texts of several `lines`, and nowhere else.
 */
export function firstUnstorable(text: string, lines: boolean): string | null {
  const match = (lines ? notStorableInLines : notStorable).exec(text);
  if (match === null) return null;
  const codePoint = match[0].codePointAt(0) ?? 0;
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The text with each character that cannot be stored replaced by U+FFFD, so that a report can quote it. */
export function showable(text: string): string {
  return text.replace(everyNotStorableInLines, '\uFFFD');
}
