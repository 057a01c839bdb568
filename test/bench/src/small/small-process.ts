import { openDatabase } from '@rosterport/database';
import type { Envelope, JobId } from '@rosterport/domain';
import { registerJob } from '@rosterport/jobs';
import { openProcessor, openScratch, type ProcessorContext } from '@rosterport/processor';
import { openLogger, openMetrics } from '@rosterport/runtime';
import { openStaging } from '@rosterport/staging';
import { answerTask } from '../answer-task.ts';
import type { SmallTask, SmallTimes } from './small-task.ts';

answerTask(work);

const year = 365 * 86_400_000;
const lifetimes = { files: year, rowResults: year, journal: 2 * year, events: year };

type Step = Parameters<NonNullable<ProcessorContext['onStep']>>[1];

/** When steps of jobs were told, for those who wait for them. */
class Steps {
  readonly #waiting = new Map<string, (at: number) => void>();

  readonly tell = (jobId: JobId, step: Step): void => this.#waiting.get(`${jobId} ${step}`)?.(performance.now());

  /** Resolves with the moment of the step, which must not have come yet. */
  of({ jobId }: Envelope, step: Step): Promise<number> {
    return new Promise((resolve) => this.#waiting.set(`${jobId} ${step}`, resolve));
  }
}

async function work(task: SmallTask): Promise<SmallTimes> {
  const log = openLogger({ level: 'warn', secrets: [task.url] });
  const database = await openDatabase({ url: task.url, poolSize: 21 });
  const staging = await openStaging({ folder: task.stagingFolder, log });
  const steps = new Steps();
  const context: ProcessorContext = { database, staging, scratch: await openScratch(task.scratchFolder), log, metrics: openMetrics(), onStep: steps.tell };
  const processor = await openProcessor(context, { concurrency: 2, lifetimes });
  const send = async (envelopes: readonly Envelope[]): Promise<number> => {
    const ended = envelopes.map((envelope) => steps.of(envelope, 'committed'));
    const begun = performance.now();
    await Promise.all(envelopes.map((envelope) => registerJob(database, envelope)));
    return Math.max(...(await Promise.all(ended))) - begun;
  };
  const inTurn = async (envelopes: readonly Envelope[]): Promise<number[]> => {
    const times: number[] = [];
    for (const envelope of envelopes) times.push(await send([envelope]));
    return times;
  };
  try {
    await inTurn(task.prepare);
    await database.pool.query(`select 'the measured part begins'`);
    const alone = await inTurn(task.alone);
    await database.pool.query(`select 'the measured part ends'`);
    const crowdMs = await send(task.crowd);
    const bigBegun = steps.of(task.big, 'plan');
    const big = send([task.big]);
    await bigBegun;
    const besideMs = await send(task.beside);
    return { alone, crowdMs, besideMs, bigMs: await big };
  } finally {
    await processor.close();
    await staging.close();
    await database.close();
    await log.close();
  }
}
