import type { Database } from '@rosterport/database';
import type { TenantId } from '@rosterport/domain';

/** A tenant's whole directory, but for moments and the numbers of facts. */
export interface Dump {
  readonly users: readonly object[];
  readonly groups: readonly object[];
  readonly memberships: readonly object[];
  readonly facts: readonly object[];
  readonly definitions: readonly object[];
  readonly claims: readonly object[];
}

const queries: Readonly<Record<keyof Dump, string>> = {
  users: `select to_jsonb(u) - 'created_at' - 'updated_at' as row from users u where tenant_id = $1 order by id`,
  groups: `select to_jsonb(g) - 'created_at' - 'updated_at' as row from groups g where tenant_id = $1 order by id`,
  memberships: `select to_jsonb(m) as row from memberships m join users u on u.id = m.user_id where u.tenant_id = $1
    order by m.user_id, m.group_id, m.source_id`,
  facts: `select to_jsonb(f) - 'id' as row from manager_facts f where tenant_id = $1
    order by source_id, group_id, user_id, manager_by, manager_key`,
  definitions: `select to_jsonb(d) - 'created_at' as row from attribute_definitions d where tenant_id = $1 order by id`,
  claims: 'select to_jsonb(c) as row from claims c where tenant_id = $1 order by kind, key',
};

/** Reads all of a tenant's directory. */
export async function dump(db: Database, tenantId: TenantId): Promise<Dump> {
  const parts = Object.entries(queries).map(async ([name, query]) => {
    const { rows } = await db.pool.query<{ row: object }>(query, [tenantId]);
    return [name, rows.map(({ row }) => row)] as const;
  });
  return Object.fromEntries(await Promise.all(parts)) as unknown as Dump;
}
