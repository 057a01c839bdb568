import { Failure, type GuardName, type Job, type JobState, type Mode, type Page, type RecordChange, type ReportRow, type TenantEvent } from '@rosterport/domain';
import { openConnection } from './connection.ts';
import { directoryApi, type DirectoryApi } from './directory-api.ts';
import type { Outgoing } from './pour-file.ts';
import { queryText } from './query-text.ts';
import type { Server } from './find-server.ts';

/** A file that the server has accepted; its job may not be there yet. */
export interface Accepted {
  readonly id: string;
  readonly state: JobState;
}

/** A page of a list, and what it is narrowed to. */
export interface ListQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly action?: string | undefined;
  readonly kind?: string | undefined;
}

/** What is said of a file; what is left out is left to token and feed. */
export interface SaidOfFile {
  readonly fileName: string;
  readonly mode?: Mode | undefined;
  readonly dryRun?: boolean | undefined;
  readonly feed?: string | undefined;
}

/** The server as the commands use it. Every request rejects with a failure. */
export interface Api {
  sendFile(said: SaidOfFile, outgoing: Outgoing): Promise<Accepted>;
  jobs(query: { readonly state?: string | undefined; readonly limit: number; readonly cursor?: string | undefined }): Promise<Page<Job>>;
  job(id: string): Promise<Job>;
  /** At most `limit` rows with a finding of the code, in file order. */
  rowsWith(id: string, code: string, limit: number): Promise<readonly ReportRow[]>;
  report(id: string, format: 'json' | 'csv' | 'xlsx'): Promise<AsyncIterable<Uint8Array>>;
  changes(id: string, query: ListQuery): Promise<Page<RecordChange>>;
  /** The newest first: those of a job, else those of the tenant. */
  events(query: ListQuery & { readonly job?: string | undefined }): Promise<Page<TenantEvent>>;
  approve(id: string, approval: { readonly fingerprint: string; readonly override: readonly GuardName[] }): Promise<Job>;
  discard(id: string): Promise<Job>;
  /** Gives the job that undoes it. */
  revert(id: string): Promise<Job>;
  readonly directory: DirectoryApi;
  close(): void;
}

/** Makes the server's API ready; nothing is sent yet. */
export function openApi(server: Server): Api {
  const connection = openConnection(server);
  const { url } = server;
  return {
    sendFile: async ({ fileName, mode, dryRun, feed }, outgoing) => {
      const query = queryText({ fileName, mode, feed, dryRun: dryRun === true ? 'true' : undefined });
      return withId(await connection.upload(`/v1/files?${query}`, outgoing), url) as Accepted;
    },
    jobs: async ({ state, limit, cursor }) => {
      return withItems<Job>(await connection.get(`/v1/jobs?${queryText({ limit, state, cursor })}`), url);
    },
    job: async (id) => withId(await connection.get(pathOf(id)), url) as Job,
    rowsWith: async (id, code, limit) => {
      const query = new URLSearchParams({ code, limit: String(limit) });
      return withItems<ReportRow>(await connection.get(`${pathOf(id)}/rows?${query.toString()}`), url).items;
    },
    report: (id, format) => connection.download(`${pathOf(id)}/report?format=${format}`),
    changes: async (id, query) => withItems(await connection.get(`${pathOf(id)}/changes?${queryText(query)}`), url),
    events: async ({ job, ...query }) => {
      const path = job === undefined ? '/v1/events' : `${pathOf(job)}/events`;
      return withItems(await connection.get(`${path}?${queryText(query)}`), url);
    },
    approve: async (id, approval) => withId(await connection.post(`${pathOf(id)}/approve`, approval), url) as Job,
    discard: async (id) => withId(await connection.post(`${pathOf(id)}/discard`), url) as Job,
    revert: async (id) => withId(await connection.post(`${pathOf(id)}/revert`), url) as Job,
    directory: directoryApi(connection, url),
    close: () => connection.close(),
  };
}

function pathOf(id: string): string {
  return `/v1/jobs/${encodeURIComponent(id)}`;
}

/** The server is of our own making: what it says is believed once it looks like what was asked for. */
function withId(answer: unknown, url: string): object {
  if (typeof answer === 'object' && answer !== null && 'id' in answer && typeof answer.id === 'string') return answer;
  throw strange(url);
}

function withItems<Item>(answer: unknown, url: string): Page<Item> {
  if (typeof answer === 'object' && answer !== null && 'items' in answer && Array.isArray(answer.items)) return answer as unknown as Page<Item>;
  throw strange(url);
}

function strange(url: string): Failure {
  return new Failure('serverStrange', { values: { url, problem: 'its answer has another shape' } });
}
