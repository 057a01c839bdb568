import type { Database } from '@rosterport/database';
import type { AttributeDefinition, AttributeType, TenantId } from '@rosterport/domain';

/** Which attributes to list. */
export interface AttributeQuery {
  /** Only attributes of these types. */
  readonly types?: readonly AttributeType[];
}

const attributes = `
  select name, type, options, required from attribute_definitions
  where tenant_id = $1 and ($2::text[] is null or type = any($2)) order by name collate "C"`;

/** The attributes that the tenant has defined, ordered by name. */
export async function listAttributes(
  database: Pick<Database, 'pool'>,
  tenantId: TenantId,
  { types }: AttributeQuery = {},
): Promise<readonly AttributeDefinition[]> {
  const { rows } = await database.pool.query<AttributeDefinition>({ name: 'attributes', text: attributes, values: [tenantId, types ?? null] });
  return rows;
}
