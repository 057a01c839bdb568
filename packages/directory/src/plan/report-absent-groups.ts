import { issue, type Issue } from '@rosterport/domain';
import { firstFew } from '../work/first-few.ts';
import type { PlanContext } from './file-facts.ts';

/** One warning when a full file with groups leaves out groups of its source. They are kept. */
export async function reportAbsentGroups({ client, sourceId, mode, file }: PlanContext): Promise<readonly Issue[]> {
  if (mode !== 'full' || file.groupRows === 0) return [];
  const { rows } = await client.query<{ external_id: string }>(
    `select external_id from groups g
     where g.source_id = $1 and g.external_id is not null and exists (select from in_groups)
       and not exists (select from in_groups r where r.external_id = g.external_id)
     order by external_id`,
    [sourceId],
  );
  const ids = rows.map((row) => row.external_id);
  if (ids.length === 0) return [];
  return [issue('validateNoAbsentGroups', { found: firstFew(ids) })];
}
