import { bestScore } from '../headers/header-match.ts';

/** The separators that are accepted, in the order in which they are tried. */
export const acceptedSeparators: readonly string[] = [';', '|'];

const triedSeparators = [...acceptedSeparators, ',', '\t'];

/** How a separator is called in a finding. */
export function separatorName(separator: string): string {
  return separator === ',' ? ', (comma)' : 'tab';
}

type Row = readonly string[];

const matchesOf = (row: Row): number => bestScore(row).matches;

/** What makes one separator better than another, the weightiest first: what it makes of the header row, of any row, and how many cells. */
const merits: readonly ((rows: readonly Row[]) => number)[] = [
  ([header = []]) => matchesOf(header),
  (rows) => Math.max(0, ...rows.map(matchesOf)),
  (rows) => Math.max(0, ...rows.map((row) => row.length)),
];

/**
 * The separator of a CSV file: the one that makes the most of the header row, else of any row of the head, else the one
 * that makes the most cells, else the first of those that are tried. `split` gives the first rows as that separator divides them.
 */
export function chooseSeparator(split: (separator: string) => readonly Row[]): string {
  let best = triedSeparators.map((separator) => ({ separator, rows: split(separator) }));
  for (const merit of merits) {
    // As a rule the header row alone tells, and the others need not be looked at.
    if (best.length === 1) break;
    const found = best.map(({ rows }) => merit(rows));
    const most = Math.max(...found);
    best = best.filter((_, index) => found[index] === most);
  }
  return best[0]?.separator ?? ';';
}
