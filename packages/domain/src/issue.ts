import { issueCatalogue, type IssueCode } from './issue-catalogue.ts';
import type { Severity } from './issue-entry.ts';

/** One finding about the customer's data. */
export interface Issue {
  readonly code: IssueCode;
  readonly severity: Severity;
  /** Name of the sheet; `null` for a CSV file, or when the finding is about the whole workbook. */
  readonly sheet: string | null;
  /** Row number as the spreadsheet shows it; `null` when the finding is about the file as a whole. */
  readonly row: number | null;
  /** The header of the column as the file writes it; `null` when the finding is about a whole row or file. */
  readonly column: string | null;
  /** What stands in the file, shortened when long; `null` when there is nothing to show. Personal data: never in a log or receipt. */
  readonly found: string | null;
  /** What would be right; `null` when the message says all. */
  readonly expected: string | null;
  /** A whole sentence for the person who made the file. */
  readonly message: string;
}

/** Where and what a finding is; what is left out is `null`. */
export interface IssueDetails {
  readonly sheet?: string | null;
  readonly row?: number | null;
  readonly column?: string | null;
  readonly found?: string | null;
  readonly expected?: string | null;
  /** Words that the catalogue's sentence leaves open besides column, found and expected. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** Instead of the catalogue's severity, where a policy says so. */
  readonly severity?: Severity;
}

const longestFound = 200;

/** Makes a finding from its code and place; the message is the catalogue's sentence with the values put in. */
export function issue(code: IssueCode, details: IssueDetails = {}): Issue {
  const entry = issueCatalogue[code];
  const found = details.found == null ? null : shorten(details.found);
  const column = details.column ?? null;
  const expected = details.expected ?? null;
  const values: Record<string, string | number | null> = { column, found, expected, ...details.values };
  return {
    code,
    severity: details.severity ?? entry.severity,
    sheet: details.sheet ?? null,
    row: details.row ?? null,
    column,
    found,
    expected,
    message: entry.sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)),
  };
}

/** Cuts a long text, so that one cell cannot fill a report. Never cuts a surrogate pair in two. */
function shorten(text: string): string {
  if (text.length <= longestFound) return text;
  const cut = text.slice(0, longestFound).replace(/[\uD800-\uDBFF]$/u, '');
  return `${cut}…`;
}

/** True when any of the findings refuses its row or file. */
export function hasError(issues: readonly Issue[]): boolean {
  return issues.some((found) => found.severity === 'error');
}
