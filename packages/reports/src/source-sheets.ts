import type { Job, SheetKind } from '@rosterport/domain';
import type { Worksheet } from 'exceljs';
import type { AnnotatedRow } from './annotated-rows.ts';
import { beginSourceSheet, endSourceSheet, sourceViews, writeSourceRow } from './source-sheet.ts';
import type { WorkbookOutput } from './workbook-output.ts';

/** Where the sheets go and what they hold. */
interface SourceSheets {
  readonly workbook: WorkbookOutput;
  /** Makes a sheet's name legal and unlike all others. */
  readonly nameOf: (wanted: string) => string;
  /** Says whether the verdicts have come true. */
  readonly job: Pick<Job, 'state'>;
  readonly rows: AsyncIterable<AnnotatedRow>;
  /** How many rows a sheet holds, its header included; as many as a sheet of Excel by default. */
  readonly rowsPerSheet?: number;
}

/** The sheet that is being written. */
interface OpenSheet {
  readonly sheet: Worksheet;
  /** Name of the sheet in the file. */
  readonly of: string | null;
  /** Rows written, the header included. */
  rows: number;
}

const mostRows = 1_048_576;

/** Names for the sheet of a CSV file, which has none itself. */
const kindNames: Readonly<Record<SheetKind, string>> = { users: 'Users', groups: 'Groups' };

/** Writes the rows into one sheet for each sheet of the file, and more where one is full. Commits all of them. */
export async function writeSourceSheets(options: SourceSheets): Promise<void> {
  const { workbook, nameOf, job, rows, rowsPerSheet = mostRows } = options;
  let open: OpenSheet | null = null;
  for await (const row of rows) {
    if (open !== null && (open.of !== row.sheet || open.rows === rowsPerSheet)) {
      endSourceSheet(open.sheet, open.rows);
      open = null;
    }
    open ??= begin(workbook, nameOf(wantedName(row)), row);
    writeSourceRow(open.sheet, row, job);
    open.rows += 1;
    await workbook.drained(open.sheet);
  }
  if (open !== null) endSourceSheet(open.sheet, open.rows);
}

function begin(workbook: WorkbookOutput, name: string, row: AnnotatedRow): OpenSheet {
  const sheet = workbook.addSheet(name, { views: [...sourceViews] });
  beginSourceSheet(sheet, row.header);
  return { sheet, of: row.sheet, rows: 1 };
}

function wantedName({ sheet, header }: AnnotatedRow): string {
  return sheet ?? (header === null ? 'Rows' : kindNames[header.kind]);
}
