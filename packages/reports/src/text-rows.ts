import type { Job, RowIssue, ReportRow } from '@rosterport/domain';
import { resultWords } from './change-words.ts';
import type { Pen } from './pen.ts';

/** What is shown of the rows, and how. */
interface RowsTextOptions {
  /** Says whether the verdicts have come true. */
  readonly job: Pick<Job, 'state'>;
  readonly rows: AsyncIterable<ReportRow>;
  readonly line: Pen;
  /** How many rows with findings are shown. */
  readonly limit: number;
}

/** The lines about the first rows with findings. Reads no further than one such row beyond the limit. */
export async function* rowsText({ job, rows, line, limit }: RowsTextOptions): AsyncGenerator<string> {
  let shown = 0;
  for await (const row of rows) {
    if (row.issues.length === 0) continue;
    if (shown === limit) {
      yield line();
      yield line('More rows have findings; the full report lists them all.', 'quiet');
      return;
    }
    if (shown === 0) {
      yield line();
      yield line('Rows with findings', 'heading');
    }
    shown += 1;
    yield* rowText(row, resultWords(job, row.result), line);
  }
}

function* rowText(row: ReportRow, result: string, line: Pen): Generator<string> {
  const place = row.sheet === null ? `Row ${row.row}` : `${row.sheet} row ${row.row}`;
  const who = row.externalId === null ? '' : ` (${row.externalId})`;
  const tone = row.result === 'rejected' ? 'error' : 'warning';
  const [first, ...others] = row.issues.map(sentence);
  yield line(`  ${place}${who}: ${result} — ${first ?? ''}`, tone);
  for (const other of others) yield line(`    and ${other}`, tone);
}

/** The message, with the column before it where it does not name the column itself. */
export function sentence({ column, message }: RowIssue): string {
  return column === null || message.includes(column) ? message : `${column}: ${message}`;
}
