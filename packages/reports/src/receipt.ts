import { receiptRows, splitIssues } from '@rosterport/domain';
import type { Job, Receipt, ReceiptIssue, ReceiptKept, ReceiptRow, RecordChange, ReportRow, RowIssue } from '@rosterport/domain';

/**
 * The receipt of a job: which rows have findings, and which, without what stands in their cells; the guards that hold it;
 * and of a revert, which records it kept. Lists at most `receiptRows` rows and stops reading `rows` once it knows of one
 * more; so with `changes`.
 */
export async function receipt(
  job: Job,
  rows: AsyncIterable<ReportRow>,
  changes?: AsyncIterable<RecordChange>,
): Promise<Receipt> {
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
    kind: job.kind,
    state: job.state,
    dryRun: job.dryRun,
    reverts: job.reverts,
    fileName: job.fileName,
    channel: job.channel,
    receivedAt: job.receivedAt,
    finishedAt: job.finishedAt,
    counts: job.counts,
    changes: job.changes,
    guards: issues.guards.map(withoutValues),
    fileIssues: issues.file.map(withoutValues),
    issueCounts: issues.rows,
    rows: listed,
    kept: changes === undefined ? [] : await keptRecords(changes),
    truncated,
  };
}

async function keptRecords(changes: AsyncIterable<RecordChange>): Promise<readonly ReceiptKept[]> {
  const kept: ReceiptKept[] = [];
  for await (const { action, kind, externalId, reason } of changes) {
    if (action !== 'kept') continue;
    if (kept.length === receiptRows) break;
    kept.push({ kind, externalId, reason });
  }
  return kept;
}

function withoutValues({ code, severity, column }: RowIssue): ReceiptIssue {
  return { code, severity, column };
}
