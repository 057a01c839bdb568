import { splitIssues } from '@rosterport/domain';
import type { Job, RecordChange, ReportRow, RowIssue } from '@rosterport/domain';
import { reasonWords, recordWords } from './change-words.ts';
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
 * The report as CSV: UTF-8 with a byte order mark, separated by `;`, formulas escaped. First, with `row` empty: that row
 * results are no longer kept, as a message alone; the guards that hold the job; the findings about the file; and what a
 * revert kept, with the result `kept` and the reason as code. Then one line for each finding about a row, and one for each
 * row without findings.
 */
export function reportCsv(
  job: Job,
  rows: AsyncIterable<ReportRow>,
  changes?: AsyncIterable<RecordChange>,
): AsyncGenerator<string> {
  return gather(lines(job, rows, changes));
}

async function* lines(job: Job, rows: AsyncIterable<ReportRow>, changes?: AsyncIterable<RecordChange>): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(columns);
  const notice = rowsNotice(job);
  if (notice !== null) yield csvLine([...columns.slice(1).map(() => null), notice]);
  const { guards, file } = splitIssues(job.issues);
  for (const found of [...guards, ...file]) yield csvLine([found.sheet, null, null, null, ...cellsOf(found)]);
  if (job.kind === 'revert' && changes !== undefined) yield* keptLines(changes);
  for await (const row of rows) {
    const place = [row.sheet, row.row, row.externalId, row.result];
    if (row.issues.length === 0) yield csvLine([...place, ...columns.slice(place.length).map(() => null)]);
    for (const found of row.issues) yield csvLine([...place, ...cellsOf(found)]);
  }
}

async function* keptLines(changes: AsyncIterable<RecordChange>): AsyncGenerator<string> {
  for await (const change of changes) {
    if (change.action !== 'kept') continue;
    const message = `${recordWords(change)} was kept as it is: ${reasonWords(change)}.`;
    yield csvLine([null, null, change.externalId, 'kept', change.reason, 'warning', null, null, null, message]);
  }
}

function cellsOf(found: RowIssue): readonly (string | null)[] {
  return [found.code, found.severity, found.column, found.found, found.expected, found.message];
}
