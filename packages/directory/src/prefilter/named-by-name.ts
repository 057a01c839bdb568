import type { DirectoryContext } from '../work/job-context.ts';

/** Whether any row of the tenant names a manager by name; mostly none does, and then it does not matter who bears which name. */
export async function isNamedByName({ client, tenantId }: Pick<DirectoryContext, 'client' | 'tenantId'>): Promise<boolean> {
  const { rowCount } = await client.query(`select from manager_facts where tenant_id = $1 and manager_by = 'name' limit 1`, [tenantId]);
  return rowCount !== 0;
}
