import type { JobContext } from './job-context.ts';

/** Up to this part of the rows that were passed over, those that were read are few. */
const few = 0.1;

/**
 * What ends a lateral subquery that finds rows of the directory for each row of the file. Of a file most of which was passed
 * over it has each looked up by itself: where the planner errs in how many are found, it would go through all of the directory.
 */
export function eachByItself({ stagedRows = Infinity, untouchedRows = 0 }: Pick<JobContext, 'stagedRows' | 'untouchedRows'>): string {
  return stagedRows < untouchedRows * few ? 'offset 0' : '';
}
