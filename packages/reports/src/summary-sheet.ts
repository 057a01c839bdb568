import { countedRows, explain, splitIssues } from '@rosterport/domain';
import type { Job } from '@rosterport/domain';
import type { CellValue, Worksheet } from 'exceljs';
import { headerStyle, noticeStyle, numberStyle, wrappedStyle } from './cell-styles.ts';
import { cellValue } from './cell-value.ts';
import { changeFacts, changesHeading, guardsHeading, headline, jobFacts, removalNotices, resultFacts } from './job-words.ts';

/** Widths of the columns, in characters. */
const widths = [34, 40, 12, 60, 60];

type Line = readonly (string | number)[];

/** Writes the first sheet: what became of the job, its counts, its changes, and what was found. Commits the sheet. */
export function writeSummary(sheet: Worksheet, job: Job): void {
  sheet.columns = widths.map((width) => ({ width }));
  writeHeading(sheet, [headline(job)]);
  for (const notice of removalNotices(job)) sheet.addRow([notice]).getCell(1).style = noticeStyle;
  writeLines(sheet, jobFacts(job));
  if (job.kind === 'file') {
    writeHeading(sheet, ['Rows read', countedRows(job.counts)]);
    writeLines(sheet, resultFacts(job));
  }
  const changes = changeFacts(job.changes);
  if (changes.length > 0) {
    writeHeading(sheet, [changesHeading(job)]);
    writeLines(sheet, changes);
  }
  writeFindings(sheet, job);
  sheet.commit();
}

function writeFindings(sheet: Worksheet, job: Job): void {
  const issues = splitIssues(job.issues);
  if (issues.guards.length > 0) {
    writeHeading(sheet, [guardsHeading(job), '', 'Severity', 'What was found', 'How to decide']);
    writeLines(
      sheet,
      issues.guards.map((found) => [found.code, '', found.severity, found.message, explain(found.code).mend]),
    );
  }
  if (issues.file.length > 0) {
    writeHeading(sheet, ['Findings about the file', 'Sheet', 'Severity', 'What was found', 'How to mend it']);
    writeLines(
      sheet,
      issues.file.map((found) => [
        found.code,
        found.sheet ?? '',
        found.severity,
        found.message,
        explain(found.code).mend,
      ]),
    );
  }
  if (issues.rows.length > 0) {
    writeHeading(sheet, ['Findings in rows', 'How many', 'Severity', 'What it means', 'How to mend it']);
    writeLines(
      sheet,
      issues.rows.map(({ code, severity, count }) => {
        const { meaning, mend } = explain(code);
        return [code, count, severity, meaning, mend];
      }),
    );
  }
}

/** A heading, with an empty row above it unless it is the first row. */
function writeHeading(sheet: Worksheet, line: Line): void {
  if (sheet.lastRow !== undefined) sheet.addRow([]);
  const row = sheet.addRow(cellsOf(line));
  row.eachCell((cell) => {
    cell.style = headerStyle;
  });
}

function writeLines(sheet: Worksheet, lines: readonly Line[]): void {
  for (const line of lines) {
    const row = sheet.addRow(cellsOf(line));
    row.eachCell((cell) => {
      cell.style = typeof cell.value === 'number' ? numberStyle : wrappedStyle;
    });
  }
}

function cellsOf(line: Line): readonly CellValue[] {
  return line.map((value) => (typeof value === 'number' ? value : cellValue(value)));
}
