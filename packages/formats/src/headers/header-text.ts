/** Control characters but for tabs and line ends, halves of characters, and what no XML document may hold. */
const notStorable = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\p{Cs}\uFFFE\uFFFF]/u; // eslint-disable-line no-control-regex
const everyNotStorable = new RegExp(notStorable, 'gu');

const longest = 200;
const longestShown = 60;

/** Why a header cannot be the name of an attribute; `null` when it can. */
export function headerFault(name: string): string | null {
  const match = notStorable.exec(name);
  if (match !== null) {
    const codePoint = match[0].codePointAt(0) ?? 0;
    return `it contains a character that cannot be stored, U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
  }
  return Array.from(name.slice(0, longest * 2 + 1)).length > longest ? `it is longer than ${longest} characters` : null;
}

/** A faulty header as a finding can quote it. */
export function showableHeader(name: string): string {
  const text = name.replace(everyNotStorable, '\uFFFD');
  return text.length <= longestShown ? text : `${text.slice(0, longestShown).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
