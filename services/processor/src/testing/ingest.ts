import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Writable } from 'node:stream';
import { addTenant, type Feed, type Tenant } from '@rosterport/access';
import { listGroups, listUsers } from '@rosterport/directory';
import type { Database } from '@rosterport/database';
import type { DirectoryGroup, DirectoryUser, FeedId, FeedPolicy, JobId, Mode, ReportRow } from '@rosterport/domain';
import { allRows, findJob, migrateWakeUps, registerJob, type LedgerJob } from '@rosterport/jobs';
import { openLogger, openMetrics } from '@rosterport/runtime';
import { openStaging } from '@rosterport/staging';
import { processTenant } from '../process-tenant.ts';
import type { ProcessorContext } from '../processor-context.ts';
import { openScratch } from '../scratch-folder.ts';

/** What became of one file. */
export interface Ended {
  readonly job: LedgerJob;
  readonly rows: readonly ReportRow[];
}

/** How a file is sent; what is left out is as a plain upload to the feed `default` has it. */
export interface Sending {
  readonly mode?: Mode;
  readonly dryRun?: boolean;
  readonly feedId?: FeedId;
  readonly receivedAt?: Date;
}

/** One tenant, and files sent into it without a door: sealed, registered and processed at once. */
export interface Ingest {
  readonly tenant: Tenant;
  readonly feed: Feed;
  readonly context: ProcessorContext;
  /** Seals the bytes and registers their job. */
  stage(fileName: string, bytes: Uint8Array, how?: Sending): Promise<JobId>;
  send(path: string, how?: Sending): Promise<Ended>;
  sendBytes(fileName: string, bytes: Uint8Array, how?: Sending): Promise<Ended>;
  /** Works off what is due, and tells what has become of the job. */
  settle(jobId: JobId): Promise<Ended>;
  directory(): Promise<{ users: readonly DirectoryUser[]; groups: readonly DirectoryGroup[] }>;
  close(): Promise<void>;
}

/** Opens everything that a processor stands on, in the folder. Lines of the log are lost. */
export async function openIngest(options: {
  readonly database: Database;
  readonly folder: string;
  readonly policy?: Partial<FeedPolicy> | undefined;
}): Promise<Ingest> {
  const { database, folder } = options;
  await migrateWakeUps(database);
  const log = openLogger({ level: 'error', secrets: [], stream: new Writable({ write: (_chunk, _encoding, done) => done() }) });
  const name = `t-${randomUUID().slice(0, 8)}`;
  const { tenant, feed } = await addTenant(database, { name });
  if (options.policy !== undefined) {
    await database.knex('feeds').where({ id: feed.id }).update({ policy: JSON.stringify({ ...feed.policy, ...options.policy }) });
  }
  const staging = await openStaging({ folder: join(folder, name), log });
  const scratch = await openScratch(join(folder, `${name}-scratch`));
  const context: ProcessorContext = { database, staging, scratch, log, metrics: openMetrics() };

  const stage: Ingest['stage'] = async (fileName, bytes, how = {}) => {
    const upload = await staging.begin({ jobId: randomUUID() as JobId, limitBytes: 2 ** 31 });
    await upload.write(0, bytes);
    const envelope = await upload.seal({
      ...{ tenantId: tenant.id, feedId: how.feedId ?? feed.id, credentialId: null, channel: 'drop-folder', fileName },
      ...{ mode: how.mode ?? null, dryRun: how.dryRun ?? false, receivedAt: (how.receivedAt ?? new Date()).toISOString() },
    });
    await registerJob(database, envelope);
    await staging.keep(envelope.jobId);
    return envelope.jobId;
  };
  const settle = async (jobId: JobId): Promise<Ended> => {
    await processTenant(context, tenant.id);
    const rows: ReportRow[] = [];
    for await (const row of allRows(database, { jobId })) rows.push(row);
    return { job: await findJob(database, tenant.id, jobId), rows };
  };
  const sendBytes: Ingest['sendBytes'] = async (fileName, bytes, how) => settle(await stage(fileName, bytes, how));
  return {
    ...{ tenant, feed, context, stage, sendBytes, settle },
    send: async (path, how) => sendBytes(basename(path), await readFile(path), how),
    directory: async () => ({
      users: (await listUsers(database, tenant.id, { limit: 100_000 })).items,
      groups: (await listGroups(database, tenant.id, { limit: 100_000 })).items,
    }),
    close: async () => {
      await staging.close();
      await log.close();
    },
  };
}
