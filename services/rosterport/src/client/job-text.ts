import { splitIssues, type Job, type ReportRow } from '@rosterport/domain';
import { reportText } from '@rosterport/reports';
import type { Api } from './api.ts';
import { firstChanges } from './first-changes.ts';

/** How many rows with findings are shown. */
const shownRows = 20;
/** How many records of what would change are shown. */
const shownRecords = 10;

/** The readable report of a job. Asks the server only for rows and changes that are shown. */
export function jobText(api: Api, job: Job, colour: boolean): AsyncIterable<string> {
  const changes = firstChanges(api, job, shownRecords + 1);
  return reportText(job, rowsWithFindings(api, job), { colour, rows: shownRows, changes, records: shownRecords });
}

/** One row more than is shown, so that the report can say that there are more. */
async function* rowsWithFindings(api: Api, job: Job): AsyncGenerator<ReportRow> {
  const rows = new Map<string, ReportRow>();
  for (const { code } of splitIssues(job.issues).rows) {
    for (const row of await api.rowsWith(job.id, code, shownRows + 1)) rows.set(`${row.sheet ?? ''}:${row.row}`, row);
  }
  yield* [...rows.values()].sort(byPlace);
}

function byPlace(one: ReportRow, other: ReportRow): number {
  const [sheet, otherSheet] = [one.sheet ?? '', other.sheet ?? ''];
  if (sheet !== otherSheet) return sheet < otherSheet ? -1 : 1;
  return one.row - other.row;
}
