import { allChanges } from '@rosterport/directory';
import { isFailure, type RecordChange } from '@rosterport/domain';
import { allRows, shownJob, type LedgerJob } from '@rosterport/jobs';
import { reportCsv, reportJson, reportWorkbook, type SourceRow } from '@rosterport/reports';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request } from 'express';
import { changeSource } from './change-source.ts';
import { guarded } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import { binaryBody, jobParams, reportQuery } from './request-schemas.ts';
import { reportSchema } from './schemas.ts';
import { seesOnly, visibleJob } from './visible-job.ts';
import { z } from 'zod';

const types = {
  json: 'application/json',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

type ReportFormat = keyof typeof types;

/** The report of a job, to be saved as a file. */
export const downloadReport = guarded(['reports', 'upload'], {
  method: 'get',
  path: '/v1/jobs/{id}/report',
  summary: 'Downloads the report of a job',
  description:
    'As JSON, as CSV, or as a workbook that shows the rows of the file with result and reasons beside them. With the scope `reports`, also what changed or would change in the directory.',
  params: jobParams,
  query: reportQuery,
  responses: {
    200: {
      description: 'The report.',
      content: { [types.json]: reportSchema, [types.csv]: z.string(), [types.xlsx]: binaryBody },
      headers: { 'Content-Disposition': 'The name of the report, after the name of the file.' },
    },
  },
  async handle({ service, req, res, identity, params, query }) {
    const job = await visibleJob(service, identity, params.id);
    const format = query.format ?? acceptedFormat(req);
    res.attachment(reportName(job.fileName, format));
    res.set('Content-Type', format === 'xlsx' ? types.xlsx : `${types[format]}; charset=utf-8`);
    if (req.method === 'HEAD') res.end();
    else await send({ service, req, res }, job, { format, changes: seesOnly(identity).credentialId === undefined });
  },
});

interface Wanted {
  readonly format: ReportFormat;
  /** Senders do not see them: what stood in the directory before is not theirs. */
  readonly changes: boolean;
}

async function send({ service, res }: Exchange, job: LedgerJob, wanted: Wanted): Promise<void> {
  const { database } = service.context;
  const shown = shownJob(job);
  const rows = allRows(database, { jobId: job.id });
  const changes: AsyncIterable<RecordChange> | undefined = wanted.changes ? allChanges(database, changeSource(job)) : undefined;
  if (wanted.format === 'xlsx') {
    const source = untilGone(service.sourceRows(job));
    await reportWorkbook({ job: shown, output: res, source, rows, ...(changes === undefined ? {} : { changes }) });
  } else {
    const texts = wanted.format === 'json' ? reportJson(shown, rows, changes) : reportCsv(shown, rows, changes);
    await pipeline(Readable.from(texts), res);
  }
}

/** A report outlives its file: without it, the workbook shows the verdicts alone. */
async function* untilGone(rows: AsyncIterable<SourceRow>): AsyncGenerator<SourceRow> {
  try {
    yield* rows;
  } catch (error) {
    if (!isFailure(error) || (error.code !== 'stagedFileMissing' && error.code !== 'stagedFileDamaged')) throw error;
  }
}

function acceptedFormat(req: Request): ReportFormat {
  const wanted = req.accepts(Object.values(types));
  return (Object.keys(types) as ReportFormat[]).find((format) => types[format] === wanted) ?? 'json';
}

function reportName(fileName: string, format: ReportFormat): string {
  return `${fileName.replace(/\.(csv|txt|xlsx?)$/i, '')}-report.${format}`;
}
