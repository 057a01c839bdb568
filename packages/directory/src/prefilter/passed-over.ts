import type { JobContext } from '../work/job-context.ts';

/**
 * SQL that is true of the user `alias` when the file holds exactly the record of which the user's values came, so that the
 * person stands in the file unchanged and in no work table.
 */
export function isPassedOver({ untouchedRows = 0 }: Pick<JobContext, 'untouchedRows'>, alias: string): string {
  if (untouchedRows === 0) return 'false';
  return `(${alias}.row_hash is not null and not exists (select from in_missed missed where missed.user_id = ${alias}.id))`;
}
