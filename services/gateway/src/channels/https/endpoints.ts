import { listGroups, listUsers } from './directory.ts';
import type { Endpoint } from './endpoint.ts';
import { sendFile } from './files.ts';
import { healthz, metrics, readyz } from './health.ts';
import { listJobs, showJob } from './jobs.ts';
import { openApi } from './openapi.ts';
import { failuresPage, issuesPage, start } from './pages.ts';
import { downloadReport } from './report.ts';
import { listJobRows } from './rows.ts';
import { uploadFile } from './upload-file.ts';

/** Every endpoint of the channel. A new one is a file, and a line here. */
export const endpoints: readonly Endpoint[] = [
  uploadFile,
  sendFile,
  listJobs,
  showJob,
  listJobRows,
  downloadReport,
  listUsers,
  listGroups,
  healthz,
  readyz,
  metrics,
  openApi(() => endpoints),
  start,
  failuresPage,
  issuesPage,
];
