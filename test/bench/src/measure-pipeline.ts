import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { addTenant, type Feed } from '@rosterport/access';
import type { JobId, Mode } from '@rosterport/domain';
import { findJob } from '@rosterport/jobs';
import { keepStatements, settle, type BenchServer } from './bench-server.ts';
import { checkOutcome } from './check-outcome.ts';
import type { InputFiles } from './input-files.ts';
import type { ProcessorTimes } from './processor-task.ts';
import type { IngestOptions, Statement } from './result.ts';
import type { Bounds } from './fork-task.ts';
import { runProcessor } from './run-processor.ts';
import { sealFile, type SealedInput, type SentFile } from './seal-file.ts';
import { slowestStatements } from './slowest-statements.ts';

/** How long the product took for the measured file. */
export interface PipelineTimes extends ProcessorTimes {
  readonly stagingSeconds: number;
  readonly statements: readonly Statement[];
}

/** What a run of the pipeline needs. */
export interface PipelineRun {
  readonly server: BenchServer;
  readonly files: InputFiles;
  readonly options: IngestOptions;
  readonly bounds: Bounds;
}

/**
 * Takes the measured file through the pipeline, in a process and a database of its own. The groups, and the people where the
 * directory holds them before, go the same way first and are not measured. Fails when the outcome is not what the file says.
 */
export async function measurePipeline(run: PipelineRun): Promise<PipelineTimes> {
  const { server, files, options } = run;
  const times = await server.withProduct(async (database, url) => {
    const { feed } = await addTenant(database, { name: 'bench' });
    const send = (path: string, how: Partial<How> = {}): Promise<Sent> => sendFile(run, { url, feed, path, mode: 'delta', ...how });
    for (const path of files.before === null ? [files.groups] : [files.groups, files.before]) await send(path);
    await settle(database);
    if (options.statements > 0) await keepStatements(database);
    const sent = await send(files.measured, { warmUp: files.warmUp, ...(files.before !== null && { mode: 'full' }) });
    const log = (await readFile(server.logPath)).toString('utf8', sent.times.logBegins);
    const job = await findJob(database, feed.tenantId, sent.jobId);
    await checkOutcome(database, { job, counts: files.counts });
    return { ...sent.times, stagingSeconds: sent.stagingSeconds, statements: slowestStatements(log, options.statements) };
  });
  await rm(stagingIn(server), { recursive: true, force: true });
  return times;
}

interface Sent {
  readonly jobId: JobId;
  readonly stagingSeconds: number;
  readonly times: ProcessorTimes;
}

/** How a file is sent, and with which file its process warms up. */
interface How {
  readonly mode: Mode;
  readonly warmUp?: string;
}

async function sendFile(
  { server, bounds }: PipelineRun,
  { url, feed, path, mode, warmUp }: How & { readonly url: string; readonly feed: Feed; readonly path: string },
): Promise<Sent> {
  const seal = (file: SentFile): Promise<SealedInput> => sealFile(stagingIn(server), feed, file);
  // A dry run, which leaves the directory as it is.
  const before = warmUp === undefined ? null : (await seal({ path: warmUp, mode: 'delta', dryRun: true })).envelope;
  const { envelope, seconds } = await seal({ path, mode });
  const places = { stagingFolder: stagingIn(server), scratchFolder: join(server.folder, 'scratch') };
  const times = await runProcessor({ url, ...places, envelope, warmUp: before, server: { pid: server.pid, logPath: server.logPath } }, bounds);
  return { jobId: envelope.jobId, stagingSeconds: seconds, times };
}

function stagingIn(server: BenchServer): string {
  return join(server.folder, 'staging');
}
