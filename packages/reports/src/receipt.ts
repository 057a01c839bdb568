import { receiptRows, splitIssues } from '@rosterport/domain';
import type { Job, Receipt, ReceiptIssue, ReceiptRow, ReportRow, RowIssue } from '@rosterport/domain';

/**
 * The receipt of a job: which rows have findings, and which, without what stands in their cells. Lists at most
 * `receiptRows` rows and stops reading `rows` once it knows of one more.
 */
export async function receipt(job: Job, rows: AsyncIterable<ReportRow>): Promise<Receipt> {
  const listed: ReceiptRow[] = [];
  let truncated = false;
  for await (const row of rows) {
    if (row.issues.length === 0) continue;
    truncated = listed.length === receiptRows;
    if (truncated) break;
    const { sheet, externalId, result } = row;
    listed.push({ sheet, row: row.row, externalId, result, issues: row.issues.map(withoutValues) });
  }
  const issues = splitIssues(job.issues);
  if (job.removed.rows !== null) truncated = issues.rows.length > 0;
  return {
    job: job.id,
    state: job.state,
    fileName: job.fileName,
    channel: job.channel,
    receivedAt: job.receivedAt,
    finishedAt: job.finishedAt,
    counts: job.counts,
    changes: job.changes,
    fileIssues: issues.file.map(withoutValues),
    issueCounts: issues.rows,
    rows: listed,
    truncated,
  };
}

function withoutValues({ code, severity, column }: RowIssue): ReceiptIssue {
  return { code, severity, column };
}
