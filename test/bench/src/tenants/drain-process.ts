import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '@rosterport/database';
import { countOpenJobs } from '@rosterport/jobs';
import { openProcessor, openScratch, type ProcessorContext } from '@rosterport/processor';
import { openLogger, openMetrics } from '@rosterport/runtime';
import { openStaging } from '@rosterport/staging';
import { answerTask } from '../answer-task.ts';
import type { DrainTask } from './drain-task.ts';

answerTask(drain);

const year = 365 * 86_400_000;
const lifetimes = { files: year, rowResults: year, journal: 2 * year, events: year };

async function drain({ url, stagingFolder, scratchFolder }: DrainTask): Promise<object> {
  const log = openLogger({ level: 'warn', secrets: [url] });
  const database = await openDatabase({ url, poolSize: 21 });
  const staging = await openStaging({ folder: stagingFolder, log });
  const context: ProcessorContext = { database, staging, scratch: await openScratch(scratchFolder), log, metrics: openMetrics() };
  const processor = await openProcessor(context, { concurrency: 2, lifetimes });
  try {
    for (;;) {
      const { staged = 0, processing = 0 } = await countOpenJobs(database);
      if (staged + processing === 0) return {};
      await pause(100);
    }
  } finally {
    await processor.close();
    await staging.close();
    await database.close();
    await log.close();
  }
}
