import type { DirectoryContext } from '../work/job-context.ts';

/**
 * Whether any row of the tenant names a manager by name; mostly none does, and then it does not matter who bears which name. The
 * order has an index asked that holds such facts alone, however many the other tenants have.
 */
export async function isNamedByName({ client, tenantId }: Pick<DirectoryContext, 'client' | 'tenantId'>): Promise<boolean> {
  const named = `select from manager_facts where tenant_id = $1 and manager_by = 'name' order by manager_key limit 1`;
  const { rowCount } = await client.query(named, [tenantId]);
  return rowCount !== 0;
}
