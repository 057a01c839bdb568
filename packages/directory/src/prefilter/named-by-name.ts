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

/**
 * The column of people by whom those who bear a name are found: with an index where rows of the tenant name managers so, else by
 * a look at all people of the tenant, for the first file that does.
 */
export async function nameColumn(context: Pick<DirectoryContext, 'client' | 'tenantId'>): Promise<'sought_name' | 'name_key'> {
  return (await isNamedByName(context)) ? 'sought_name' : 'name_key';
}

/**
 * Has the tenant's people found by their names from now on, where nobody looked for them by these before; must run before the
 * first facts that name managers so are written, and whoever comes afterwards must be findable too. Drops the hashes of all
 * people. The directory lock must be held.
 */
export async function seekNames(context: Pick<DirectoryContext, 'client' | 'tenantId'>): Promise<void> {
  if (await isNamedByName(context)) return;
  const found = 'update users set sought_name = name_key where tenant_id = $1 and sought_name is null';
  await context.client.query(found, [context.tenantId]);
}
