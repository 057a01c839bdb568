import { countedRows } from '@rosterport/domain';
import type { Receipt, ReceiptIssue } from '@rosterport/domain';
import { byteOrderMark, csvLine, type CsvValue } from './csv-line.ts';
import { changeFacts, countFacts } from './job-words.ts';

const columns = ['sheet', 'row', 'externalId', 'result', 'code', 'severity', 'column'] as const;

/**
 * The receipt as CSV for people, in the dialect of the CSV report: the facts and counts of the job, a name and a value a
 * line; an empty line; then a table with one line for each finding: guards that hold the job, findings about the file, then
 * those about rows; and one for each record that a revert kept.
 */
export function receiptCsv(receipt: Receipt): string {
  const lines = [...facts(receipt).map(csvLine), '\r\n', csvLine(columns), ...findings(receipt).map(csvLine)];
  return byteOrderMark + lines.join('');
}

function facts(receipt: Receipt): readonly (readonly CsvValue[])[] {
  return [
    ['job', receipt.job],
    ['state', receipt.state],
    ...(receipt.dryRun ? [['dry run', 'yes'] as const] : []),
    ...(receipt.reverts === null ? [] : [['undoes', receipt.reverts] as const]),
    ['file', receipt.fileName],
    ['channel', receipt.channel],
    ['received', receipt.receivedAt],
    ['finished', receipt.finishedAt],
    ['rows', countedRows(receipt.counts)],
    ...countFacts(receipt.counts),
    ...changeFacts(receipt.changes),
    ['complete', receipt.truncated ? 'no, more rows have findings than are listed' : 'yes'],
  ];
}

function findings(receipt: Receipt): readonly (readonly CsvValue[])[] {
  return [
    ...[...receipt.guards, ...receipt.fileIssues].map((found) => [null, null, null, null, ...cellsOf(found)]),
    ...receipt.rows.flatMap((row) =>
      row.issues.map((found) => [row.sheet, row.row, row.externalId, row.result, ...cellsOf(found)]),
    ),
    ...receipt.kept.map(({ externalId, reason }) => [null, null, externalId, 'kept', reason, 'warning', null]),
  ];
}

function cellsOf(found: ReceiptIssue): readonly CsvValue[] {
  return [found.code, found.severity, found.column];
}
