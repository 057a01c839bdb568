import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { addTenant, type Feed } from '@rosterport/access';
import type { Mode } from '@rosterport/domain';
import { findJob } from '@rosterport/jobs';
import { keepStatements, settle, type BenchServer } from './bench-server.ts';
import { checkOutcome } from './check-outcome.ts';
import type { InputFiles } from './input-files.ts';
import type { ProcessorTimes } from './processor-task.ts';
import type { IngestOptions, Statement } from './result.ts';
import type { Bounds } from './fork-task.ts';
import { runProcessor } from './run-processor.ts';
import { sealFile } from './seal-file.ts';
import { slowestStatements } from './slowest-statements.ts';

/** How long the product took for the measured file; its processor time is that of the server, too. */
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
    const send = (path: string, mode: Mode = 'delta'): Promise<Sent> => sendFile(run, { url, feed, path, mode });
    for (const path of files.before === null ? [files.groups] : [files.groups, files.before]) await send(path);
    await settle(database);
    if (options.statements > 0) await keepStatements(database);
    const logBegins = (await stat(server.logPath)).size;
    const cpuBefore = await server.cpuSeconds();
    const sent = await send(files.measured, files.before === null ? 'delta' : 'full');
    const cpuSeconds = sent.times.cpuSeconds + (await server.cpuSeconds()) - cpuBefore;
    const log = (await readFile(server.logPath)).toString('utf8', logBegins);
    const job = await findJob(database, feed.tenantId, sent.jobId);
    await checkOutcome(database, { job, counts: files.counts });
    return { ...sent.times, cpuSeconds, stagingSeconds: sent.stagingSeconds, statements: slowestStatements(log, options.statements) };
  });
  await rm(stagingIn(server), { recursive: true, force: true });
  return times;
}

interface Sent {
  readonly jobId: Awaited<ReturnType<typeof sealFile>>['envelope']['jobId'];
  readonly stagingSeconds: number;
  readonly times: ProcessorTimes;
}

async function sendFile(
  { server, bounds }: PipelineRun,
  { url, feed, ...file }: { readonly url: string; readonly feed: Feed; readonly path: string; readonly mode: Mode },
): Promise<Sent> {
  const { envelope, seconds } = await sealFile(stagingIn(server), feed, file);
  const places = { stagingFolder: stagingIn(server), scratchFolder: join(server.folder, 'scratch') };
  const times = await runProcessor({ url, ...places, envelope }, bounds);
  return { jobId: envelope.jobId, stagingSeconds: seconds, times };
}

function stagingIn(server: BenchServer): string {
  return join(server.folder, 'staging');
}
