import type { JobContext } from '../work/job-context.ts';

/**
 * SQL that is true of the user `alias`, a person of the source, when the file holds exactly the record of which the user's
 * values came, so that the person stands in the file unchanged and in no work table.
 */
export function isPassedOver({ untouchedRows = 0 }: Pick<JobContext, 'untouchedRows'>, alias: string): string {
  return untouchedRows === 0 ? 'false' : `not exists (select from in_missed missed where missed.user_id = ${alias}.id)`;
}

/** SQL of people `u`, among whom are all of the source who were not passed over: mostly few, found without a look at the others. */
export function peopleLeft({ untouchedRows = 0 }: Pick<JobContext, 'untouchedRows'>): string {
  return untouchedRows === 0 ? 'users u' : 'in_missed missed join users u on u.id = missed.user_id';
}
