import { issue, type Issue } from '@rosterport/domain';
import type { JobContext } from '../work/job-context.ts';

/** The attributes that the file's headers name and the tenant does not know; none where the feed is strict about them. */
export async function newAttributes({ client, tenantId, policy }: JobContext): Promise<readonly string[]> {
  if (policy.unknownAttribute === 'strict') return [];
  const { rows } = await client.query<{ name: string }>(
    `select distinct c.name from in_columns c
     where c.field like 'attribute:%' and not exists (
       select from attribute_definitions d where d.tenant_id = $1 and d.name = c.name)
     order by 1`,
    [tenantId],
  );
  return rows.map((row) => row.name);
}

/** One warning for each attribute that the job defines. */
export function warnOfNewAttributes(names: readonly string[]): readonly Issue[] {
  return names.map((name) => issue('validateNewAttributes', { column: name }));
}
