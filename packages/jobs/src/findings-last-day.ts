import type { PoolClient } from '@rosterport/database';
import type { IssueCode, TenantId } from '@rosterport/domain';

/** How many findings of the code the tenant's files of the last 24 hours have brought, dry runs and held jobs too. */
export async function findingsLastDay(client: PoolClient, tenantId: TenantId, code: IssueCode): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select coalesce(sum((i ->> 'count')::int), 0)::int as count
     from jobs j cross join lateral json_array_elements(j.row_issues) i
     where j.tenant_id = $1 and j.sealed_at > now() - interval '24 hours' and i ->> 'code' = $2`,
    [tenantId, code],
  );
  return rows[0]?.count ?? 0;
}
