import { hasError, type Issue, type IssueCount } from '@rosterport/domain';

/** Numbers about the rows of a file. */
export interface RowNumbers {
  readonly read: number;
  readonly withErrors: number;
  /** Rows that would go through, but with a warning. */
  readonly withWarnings: number;
}

/** Counts rows and their findings; a row can be taken back and counted again with other findings. */
export interface Tally {
  count(issues: readonly Issue[]): void;
  /** Counts the row as one with these findings instead of those. */
  recount(before: readonly Issue[], after: readonly Issue[]): void;
  numbers(): RowNumbers;
  /** How many findings bear each code, most first. */
  codes(): readonly IssueCount[];
}

/** A tally of nothing. */
export function makeTally(): Tally {
  const rows = { read: 0, withErrors: 0, withWarnings: 0 };
  const codes = new Map<string, { severity: Issue['severity']; count: number }>();
  const add = (issues: readonly Issue[], by: 1 | -1): void => {
    rows.read += by;
    if (hasError(issues)) rows.withErrors += by;
    else if (issues.length > 0) rows.withWarnings += by;
    for (const { code, severity } of issues) {
      const known = codes.get(code) ?? { severity, count: 0 };
      known.count += by;
      codes.set(code, known);
    }
  };
  return {
    count: (issues) => add(issues, 1),
    recount: (before, after) => {
      add(before, -1);
      add(after, 1);
    },
    numbers: () => ({ ...rows }),
    codes: () =>
      [...codes]
        .map(([code, { severity, count }]) => ({ code, severity, count }))
        .filter(({ count }) => count > 0)
        .sort((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1)),
  };
}
