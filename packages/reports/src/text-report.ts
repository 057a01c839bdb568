import { splitIssues } from '@rosterport/domain';
import type { Job, RecordChange, ReportRow } from '@rosterport/domain';
import { gather } from './gather.ts';
import { pen } from './pen.ts';
import { changesText } from './text-changes.ts';
import { rowsText } from './text-rows.ts';
import { findingsText, summaryText } from './text-summary.ts';

/** How a text report looks. */
export interface TextOptions {
  /** True for a terminal that shows colours; plain text by default. */
  readonly colour?: boolean;
  /** How many rows with findings are shown; 20 by default. */
  readonly rows?: number;
  /** What the job changes or would change; the first records are shown. */
  readonly changes?: AsyncIterable<RecordChange>;
  /** How many records of the changes are shown; 20 by default. */
  readonly records?: number;
}

/**
 * The report as text for a terminal: what became of the file, the counts, the guards that hold it, the first changes where
 * they are given, the findings about the file, the findings about rows one code at a time, then the first rows with findings. Nothing that stands in the file can steer the terminal.
 * Stops reading `rows` and `changes` once it has what it shows.
 */
export function reportText(
  job: Job,
  rows: AsyncIterable<ReportRow>,
  options: TextOptions = {},
): AsyncGenerator<string> {
  return gather(lines(job, rows, options));
}

async function* lines(job: Job, rows: AsyncIterable<ReportRow>, options: TextOptions): AsyncGenerator<string> {
  const line = pen(options.colour ?? false);
  yield* summaryText(job, line);
  if (options.changes !== undefined) yield* changesText({ job, changes: options.changes, line, limit: options.records ?? 20 });
  yield* findingsText(splitIssues(job.issues), line);
  yield* rowsText({ job, rows, line, limit: options.rows ?? 20 });
}
