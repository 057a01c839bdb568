import type { Job, RecordChange } from '@rosterport/domain';
import type { CellValue, Worksheet } from 'exceljs';
import { headerStyle, numberStyle, wrappedStyle } from './cell-styles.ts';
import { cellValue } from './cell-value.ts';
import { linkWords, reasonWords, resultWords, valueWords } from './change-words.ts';
import type { WorkbookOutput } from './workbook-output.ts';

/** Where the changes go. */
interface ChangesSheet {
  readonly workbook: WorkbookOutput;
  /** Makes a sheet's name legal and unlike all others. */
  readonly nameOf: (wanted: string) => string;
  readonly job: Job;
  readonly changes: AsyncIterable<RecordChange>;
  /** How many rows a sheet holds, its header included; as many as a sheet of Excel by default. */
  readonly rowsPerSheet?: number;
}

const columns = [
  ['Kind', 11],
  ['External id', 18],
  ['Name', 30],
  ['Change', 22],
  ['Value', 26],
  ['Before', 34],
  ['After', 34],
  ['Sheet', 14],
  ['Row', 8],
] as const;

const mostRows = 1_048_576;

/** Writes the sheet `Changes` (and more where one is full): a line for each value and link that changes. Commits all of them. */
export async function writeChanges({ workbook, nameOf, job, changes, rowsPerSheet = mostRows }: ChangesSheet): Promise<void> {
  let sheet: Worksheet | null = null;
  let rows = 0;
  for await (const change of changes) {
    for (const line of linesOf(job, change)) {
      if (sheet !== null && rows === rowsPerSheet) {
        end(sheet, rows);
        sheet = null;
      }
      if (sheet === null) {
        sheet = begin(workbook, nameOf('Changes'));
        rows = 1;
      }
      addLine(sheet, line);
      rows += 1;
    }
    if (sheet !== null) await workbook.drained(sheet);
  }
  if (sheet !== null) end(sheet, rows);
}

type Line = readonly (string | number)[];

/** A record that is made or removed has one line of its own: its values stand in its row of the file. */
function linesOf(job: Job, change: RecordChange): readonly Line[] {
  const reason = reasonWords(change);
  const action = `${resultWords(job, change.action)}${reason === '' ? '' : `: ${reason}`}`;
  const head = [change.kind, change.externalId ?? '', change.name ?? '', action];
  const tail = [change.sheet ?? '', change.row ?? ''];
  const isWhole = change.action === 'created' || change.action === 'removed';
  const values = isWhole ? [] : change.values.map(({ field, before, after }) => [field, valueWords(before), valueWords(after)]);
  const links = change.links.map((link) => {
    const { field, value } = linkWords(link);
    return link.change === 'added' ? [field, '', value] : [field, value, ''];
  });
  const middles = isWhole || values.length + links.length === 0 ? [['', '', ''], ...values, ...links] : [...values, ...links];
  return middles.map((middle) => [...head, ...middle, ...tail]);
}

function begin(workbook: WorkbookOutput, name: string): Worksheet {
  const sheet = workbook.addSheet(name, { views: [{ state: 'frozen', xSplit: 3, ySplit: 1 }] });
  sheet.columns = columns.map(([, width]) => ({ width }));
  const row = sheet.addRow(columns.map(([title]) => title));
  row.eachCell((cell) => {
    cell.style = headerStyle;
  });
  row.commit();
  return sheet;
}

function addLine(sheet: Worksheet, line: Line): void {
  const row = sheet.addRow(line.map((value): CellValue => (typeof value === 'number' ? value : cellValue(value))));
  row.eachCell((cell) => {
    cell.style = typeof cell.value === 'number' ? numberStyle : wrappedStyle;
  });
  row.commit();
}

function end(sheet: Worksheet, rows: number): void {
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows, column: columns.length } };
  sheet.commit();
}
