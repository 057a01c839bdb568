import { openDatabase } from '@rosterport/database';
import { registerJob } from '@rosterport/jobs';
import { openScratch, processTenant, type ProcessorContext } from '@rosterport/processor';
import { openLogger, openMetrics } from '@rosterport/runtime';
import { openStaging } from '@rosterport/staging';
import { answerTask } from './answer-task.ts';
import { peakRssMb } from './peak-rss.ts';
import type { ProcessorTask, ProcessorTimes } from './processor-task.ts';

// A process of its own, so that its memory is the processor's alone.
answerTask(work);

async function work({ url, stagingFolder, scratchFolder, envelope }: ProcessorTask): Promise<ProcessorTimes> {
  const log = openLogger({ level: 'warn', secrets: [url] });
  const database = await openDatabase({ url });
  const staging = await openStaging({ folder: stagingFolder, log });
  const steps: Record<string, number> = {};
  const metrics: ProcessorContext['metrics'] = {
    ...openMetrics(),
    observe: (_name, labels, value) => {
      const step = 'step' in labels ? String(labels.step) : 'other';
      steps[step] = (steps[step] ?? 0) + value;
    },
  };
  const context: ProcessorContext = { database, staging, scratch: await openScratch(scratchFolder), log, metrics };
  try {
    const before = process.cpuUsage();
    const begun = performance.now();
    await registerJob(database, envelope);
    await processTenant(context, envelope.tenantId);
    const seconds = (performance.now() - begun) / 1_000;
    const { user, system } = process.cpuUsage(before);
    return { seconds, steps, cpuSeconds: (user + system) / 1e6, peakRssMb: peakRssMb() };
  } finally {
    await staging.close();
    await database.close();
    await log.close();
  }
}
