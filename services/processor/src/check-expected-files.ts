import { checkExpected } from '@rosterport/jobs';
import type { ProcessorContext } from './processor-context.ts';

/** Looks for expected files that are missing, and for those that have come, and logs each once. */
export async function checkExpectedFiles({ database, log }: Pick<ProcessorContext, 'database' | 'log'>, now: Date): Promise<void> {
  const { missing, arrived } = await checkExpected(database, now);
  for (const feed of arrived) log.info('An expected file that was missing has arrived', { feed });
  for (const feed of missing) log.warn('An expected file is missing', { feed });
}
