import { bestScore } from '../headers/header-match.ts';

/** The separators that are accepted, in the order in which they are tried. */
export const acceptedSeparators: readonly string[] = [';', '|'];

const triedSeparators = [...acceptedSeparators, ',', '\t'];

/** How a separator is called in a finding. */
export function separatorName(separator: string): string {
  return separator === ',' ? ', (comma)' : 'tab';
}

/**
 * The separator of a CSV file: the one that makes the most of the header row, else of any row of the head, else the one
 * that makes the most cells. `split` gives the first rows as that separator divides them.
 */
export function chooseSeparator(split: (separator: string) => readonly (readonly string[])[]): string {
  const ranked = triedSeparators.map((separator) => ({ separator, rank: rankOf(split(separator)) }));
  return ranked.reduce((best, next) => (isHigher(next.rank, best.rank) ? next : best)).separator;
}

function rankOf(rows: readonly (readonly string[])[]): number[] {
  const matches = rows.map((row) => bestScore(row).matches);
  return [matches[0] ?? 0, Math.max(0, ...matches), Math.max(0, ...rows.map((row) => row.length))];
}

function isHigher(rank: readonly number[], other: readonly number[]): boolean {
  const differing = rank.findIndex((value, index) => value !== other[index]);
  return differing !== -1 && (rank[differing] ?? 0) > (other[differing] ?? 0);
}
