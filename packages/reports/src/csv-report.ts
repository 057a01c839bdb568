import { splitIssues } from '@rosterport/domain';
import type { Job, ReportRow, RowIssue } from '@rosterport/domain';
import { byteOrderMark, csvLine } from './csv-line.ts';
import { gather } from './gather.ts';
import { rowsNotice } from './job-words.ts';

const columns = [
  'sheet',
  'row',
  'externalId',
  'result',
  'code',
  'severity',
  'column',
  'found',
  'expected',
  'message',
] as const;

/**
 * The report as CSV: UTF-8 with a byte order mark, separated by `;`, formulas escaped. The findings about the file come
 * first, with `row` empty, and before them, as a message alone, that row results are no longer kept; then one line for each finding about a row, and one for each row without findings.
 */
export function reportCsv(job: Job, rows: AsyncIterable<ReportRow>): AsyncGenerator<string> {
  return gather(lines(job, rows));
}

async function* lines(job: Job, rows: AsyncIterable<ReportRow>): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(columns);
  const notice = rowsNotice(job);
  if (notice !== null) yield csvLine([...columns.slice(1).map(() => null), notice]);
  for (const found of splitIssues(job.issues).file) yield csvLine([found.sheet, null, null, null, ...cellsOf(found)]);
  for await (const row of rows) {
    const place = [row.sheet, row.row, row.externalId, row.result];
    if (row.issues.length === 0) yield csvLine([...place, ...columns.slice(place.length).map(() => null)]);
    for (const found of row.issues) yield csvLine([...place, ...cellsOf(found)]);
  }
}

function cellsOf(found: RowIssue): readonly (string | null)[] {
  return [found.code, found.severity, found.column, found.found, found.expected, found.message];
}
