import type { RawRow, ReportRow, SheetHeader } from '@rosterport/domain';
import { openCursor } from './cursor.ts';

/** A data row of the file with the header that it stands under. */
export interface SourceRow {
  readonly header: SheetHeader;
  readonly row: RawRow;
}

/** A row as it goes into the annotated workbook. At least one of `raw` and `report` is there. */
export interface AnnotatedRow {
  readonly sheet: string | null;
  readonly row: number;
  /** `null` when nothing of the row's sheet could be read. */
  readonly header: SheetHeader | null;
  /** `null` when the file has no such row, or could not be read. */
  readonly raw: RawRow | null;
  /** `null` when no verdict on the row is known. */
  readonly report: ReportRow | null;
}

/**
 * Joins the rows of a file with the verdicts on them, by sheet and row. Both must be in file order, and so is what comes
 * out; rows that only one side has come out too. Reads one value ahead of each side, and ends both.
 */
export async function* annotatedRows(
  source: AsyncIterable<SourceRow>,
  rows: AsyncIterable<ReportRow>,
): AsyncGenerator<AnnotatedRow> {
  const file = await openCursor(source);
  try {
    const verdicts = await openCursor(rows);
    try {
      let last: AnnotatedRow | null = null;
      for (;;) {
        const next = nextRow(file.head, verdicts.head, last);
        if (next === null) return;
        yield next;
        last = next;
        if (next.raw !== null) await file.advance();
        if (next.report !== null) await verdicts.advance();
      }
    } finally {
      await verdicts.close();
    }
  } finally {
    await file.close();
  }
}

function nextRow(
  source: SourceRow | undefined,
  report: ReportRow | undefined,
  last: AnnotatedRow | null,
): AnnotatedRow | null {
  if (source === undefined) return report === undefined ? null : unread(report, last?.header);
  const { header, row: raw } = source;
  const { sheet } = header;
  if (report === undefined) return { sheet, row: raw.row, header, raw, report: null };
  if (sheet === report.sheet) {
    if (report.row < raw.row) return unread(report, header);
    return { sheet, row: raw.row, header, raw, report: report.row === raw.row ? report : null };
  }
  // The sheet that has been begun comes to its end first.
  if (report.sheet === last?.sheet) return unread(report, last.header);
  return { sheet, row: raw.row, header, raw, report: null };
}

/** A row that only its verdict is known of, under the header if that is of its sheet. */
function unread(report: ReportRow, header: SheetHeader | null | undefined): AnnotatedRow {
  const { sheet, row } = report;
  return { sheet, row, header: header?.sheet === sheet ? header : null, raw: null, report };
}
