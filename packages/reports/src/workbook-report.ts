import type { Writable } from 'node:stream';
import type { Job, RecordChange, ReportRow } from '@rosterport/domain';
import { annotatedRows, type SourceRow } from './annotated-rows.ts';
import { writeChanges } from './changes-sheet.ts';
import { sheetNames } from './sheet-names.ts';
import { writeSourceSheets } from './source-sheets.ts';
import { writeSummary } from './summary-sheet.ts';
import { openWorkbookOutput } from './workbook-output.ts';

/** What the annotated workbook is made of. */
export interface WorkbookReport {
  readonly job: Job;
  /** Takes the workbook (.xlsx) and is ended. */
  readonly output: Writable;
  /** The data rows of the file, in file order; none when the file is gone or cannot be read. */
  readonly source: AsyncIterable<SourceRow>;
  /** The verdicts, in file order too. */
  readonly rows: AsyncIterable<ReportRow>;
  /** What the job changed or would change; left out where the reader may not see it. */
  readonly changes?: AsyncIterable<RecordChange>;
}

/**
 * Writes the annotated workbook: a sheet `Report` about the job, a sheet `Changes` with values before and after where there
 * are any, then each sheet of the file (a CSV file counts as one,
 * named after its kind) with the row number, the verdict and its reasons before the cells. Cells are text; nothing in them
 * is ever a formula. What a sheet cannot hold goes on in a sheet `Name (2)`.
 *
 * Reads no faster than the output takes. When reading or writing fails, or the output is closed early, the output is
 * destroyed and the cause is thrown as it is.
 */
export async function reportWorkbook({ job, output, source, rows, changes }: WorkbookReport): Promise<void> {
  const workbook = await openWorkbookOutput(output, new Date(job.finishedAt ?? job.receivedAt));
  try {
    const nameOf = sheetNames();
    writeSummary(workbook.addSheet(nameOf('Report')), job);
    if (changes !== undefined) await writeChanges({ workbook, nameOf, job, changes });
    await writeSourceSheets({ workbook, nameOf, job, rows: annotatedRows(source, rows) });
    await workbook.close();
  } catch (error) {
    workbook.abandon(error);
    throw error;
  }
}
