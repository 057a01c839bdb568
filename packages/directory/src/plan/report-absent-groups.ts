import { issue, type Issue } from '@rosterport/domain';
import type { JobContext } from '../work/job-context.ts';

/** How many groups a finding names at most. */
const mostNames = 10;

/** One warning when a full file with groups leaves out groups of its source. They are kept. */
export async function reportAbsentGroups({ client, sourceId, mode }: JobContext): Promise<readonly Issue[]> {
  if (mode !== 'full') return [];
  const { rows } = await client.query<{ ids: string[]; count: number }>(
    `select array_agg(external_id order by external_id) as ids, count(*)::int as count from groups g
     where g.source_id = $1 and g.external_id is not null and exists (select from in_groups)
       and not exists (select from in_groups r where r.external_id = g.external_id)`,
    [sourceId],
  );
  const [absent] = rows;
  if (absent === undefined || absent.count === 0) return [];
  const more = absent.count > mostNames ? ` and ${absent.count - mostNames} more` : '';
  return [issue('validateNoAbsentGroups', { found: absent.ids.slice(0, mostNames).join(', ') + more })];
}
