import type { RowQuery } from '@rosterport/jobs';
import { sampleCode } from './sample-rows.ts';

/** Which rows a page shows. */
export type RowFilter = Pick<RowQuery, 'result' | 'code' | 'withIssues'>;

/** Rows of a page. */
export const pageRows = 100;

/** A page that somebody may ask for. */
export interface PageLook extends RowFilter {
  readonly name: string;
  /** The page begins behind so many rows. */
  readonly after: number;
}

/** The pages that are measured, of a job with so many rows. */
export function pagesOf(rows: number): readonly PageLook[] {
  return [
    { name: 'first page', after: 0 },
    { name: 'page in the middle', after: Math.floor(rows / 2) },
    { name: 'last page', after: Math.max(0, rows - pageRows) },
    ...(['unchanged', 'updated', 'created', 'rejected', 'deactivated', 'reactivated', 'skipped'] as const).map((result) => ({ name: `only ${result}`, after: 0, result })),
    { name: 'with findings', after: 0, withIssues: true },
    { name: 'one code', after: 0, code: sampleCode },
    { name: 'one code of rejected', after: 0, code: sampleCode, result: 'rejected' },
    { name: 'a code of no row', after: 0, code: 'validateEmail' },
  ];
}
