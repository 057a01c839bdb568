import type { Issue } from './issue.ts';

/**
 * The verdicts on a data row, strongest first: where rows or findings of one person disagree, the one named earlier wins.
 */
export const rowResults = [
  'rejected',
  'skipped',
  'created',
  'reactivated',
  'deactivated',
  'updated',
  'unchanged',
] as const;

/** The verdict on one data row. */
export type RowResult = (typeof rowResults)[number];

/** How many data rows got each verdict; the sum is the number of data rows read. */
export type Counts = Readonly<Record<RowResult, number>>;

/** Counts with nothing in them. */
export const noCounts: Counts = {
  rejected: 0,
  skipped: 0,
  created: 0,
  reactivated: 0,
  deactivated: 0,
  updated: 0,
  unchanged: 0,
};

/** The number of data rows behind the counts. */
export function countedRows(counts: Counts): number {
  return rowResults.reduce((sum, result) => sum + counts[result], 0);
}

/** One data row of a job's report, in the shape that every door shows. */
export interface ReportRow {
  /** Name of the sheet; `null` for a CSV file. */
  readonly sheet: string | null;
  /** Row number as the spreadsheet shows it; the header is row 1. */
  readonly row: number;
  /** External id of the person or group that the row names; `null` where it could not be read. */
  readonly externalId: string | null;
  readonly result: RowResult;
  readonly issues: readonly RowIssue[];
}

/** A finding about a row; the row says where. */
export type RowIssue = Omit<Issue, 'sheet' | 'row'>;
