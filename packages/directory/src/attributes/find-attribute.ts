import type { PoolClient } from '@rosterport/database';
import type { AttributeDefinition, TenantId } from '@rosterport/domain';

/** The definition of the attribute; `null` when the tenant has none of that exact name. */
export async function findAttribute(client: PoolClient, tenantId: TenantId, name: string): Promise<AttributeDefinition | null> {
  // PostgreSQL takes no NUL in a text, and no attribute has one.
  if (name.includes('\0')) return null;
  const { rows } = await client.query<AttributeDefinition>(
    'select name, type, options, required from attribute_definitions where tenant_id = $1 and name = $2',
    [tenantId, name],
  );
  return rows[0] ?? null;
}
