import { stat } from 'node:fs/promises';
import { openDatabase } from '@rosterport/database';
import type { Envelope } from '@rosterport/domain';
import { registerJob } from '@rosterport/jobs';
import { openScratch, processTenant, type ProcessorContext } from '@rosterport/processor';
import { openLogger, openMetrics } from '@rosterport/runtime';
import { openStaging } from '@rosterport/staging';
import { answerTask } from './answer-task.ts';
import { peakRssMb } from './peak-rss.ts';
import type { ProcessorTask, ProcessorTimes } from './processor-task.ts';
import { serverCpuSeconds } from './server-cpu.ts';

// A process of its own, so that its memory is the processor's alone.
answerTask(work);

async function work({ url, stagingFolder, scratchFolder, envelope, warmUp, server }: ProcessorTask): Promise<ProcessorTimes> {
  const log = openLogger({ level: 'warn', secrets: [url] });
  const database = await openDatabase({ url });
  const staging = await openStaging({ folder: stagingFolder, log });
  let steps: Record<string, number> = {};
  const metrics: ProcessorContext['metrics'] = {
    ...openMetrics(),
    observe: (_name, labels, value) => {
      const step = 'step' in labels ? String(labels.step) : 'other';
      steps[step] = (steps[step] ?? 0) + value;
    },
  };
  const context: ProcessorContext = { database, staging, scratch: await openScratch(scratchFolder), log, metrics };
  const ingest = async (sealed: Envelope): Promise<void> => {
    await registerJob(database, sealed);
    await processTenant(context, sealed.tenantId);
  };
  try {
    if (warmUp !== null) await ingest(warmUp);
    steps = {};
    const logBegins = (await stat(server.logPath)).size;
    const serverBefore = await serverCpuSeconds(server.pid);
    const before = process.cpuUsage();
    const begun = performance.now();
    await ingest(envelope);
    const seconds = (performance.now() - begun) / 1_000;
    const { user, system } = process.cpuUsage(before);
    const cpuSeconds = (user + system) / 1e6 + (await serverCpuSeconds(server.pid)) - serverBefore;
    return { seconds, steps, cpuSeconds, logBegins, peakRssMb: peakRssMb() };
  } finally {
    await staging.close();
    await database.close();
    await log.close();
  }
}
