import type { JobContext } from '../work/job-context.ts';
import { refuseUsers, rowsNamed } from './finding.ts';

/** Whoever would take an id of the source that its bearer keeps, with the rows by which the bearer would have got another. */
const takers = `
  select w.external_id, w.external_id as found, ${rowsNamed('r')} as expected
  from plan_users w
  join users u on u.source_id = $1 and u.external_id = w.external_id and u.id <> w.user_id
  join plan_adopted d on d.user_id = u.id
  join in_users r on r.external_id = d.external_id
  where not w.refused and not w.skipped
    and not exists (select from plan_users o where o.user_id = u.id and not o.refused and not o.skipped)
  group by w.external_id`;

/**
 * Refuses those who would take an external id whose bearer was to get another one by a row that is refused: both rows are about
 * one person of the directory. Returns how many findings there were.
 */
export async function refuseKeptIds({ client, sourceId }: JobContext): Promise<number> {
  const { rowCount } = await client.query(refuseUsers({ code: 'validateRowsTogether', field: null }, takers), [sourceId]);
  return rowCount ?? 0;
}
