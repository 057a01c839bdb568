import type { Database } from '@rosterport/database';
import type { TenantId } from '@rosterport/domain';

/** A person as the table has them, with what is looked at by itself. */
export interface UserRow extends Readonly<Record<string, unknown>> {
  readonly id: number;
  readonly first_name: string;
  readonly last_name: string;
  readonly name_key: string;
  readonly email: string | null;
  readonly email_key: string | null;
  readonly phone: string | null;
  readonly active: boolean;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A group as the table has it. */
export interface GroupRow extends Readonly<Record<string, unknown>> {
  readonly id: number;
  readonly name: string;
  readonly name_key: string;
  readonly parent_id: number | null;
}

/** A membership as the table has it. */
export interface MembershipRow {
  readonly user_id: number;
  readonly group_id: number;
  readonly source_id: string;
}

/** A fact about managers, without its number. */
export interface FactRow {
  readonly source_id: string;
  readonly group_id: number;
  readonly user_id: number | null;
  readonly manager_by: 'id' | 'name';
  readonly manager_ref: string;
  readonly manager_key: string;
}

/** The definition of an attribute as the table has it. */
export interface DefinitionRow extends Readonly<Record<string, unknown>> {
  readonly id: number;
  readonly name: string;
  readonly options: readonly string[];
}

/** An e-mail or phone that somebody holds. */
export interface ClaimRow {
  readonly kind: 'email' | 'phone';
  readonly key: string;
  readonly user_id: number;
}

/** A tenant's whole directory, but for moments, the numbers of facts, and what made it. */
export interface Dump {
  readonly users: readonly UserRow[];
  readonly groups: readonly GroupRow[];
  readonly memberships: readonly MembershipRow[];
  readonly facts: readonly FactRow[];
  readonly definitions: readonly DefinitionRow[];
  readonly claims: readonly ClaimRow[];
  /** People who could not be found by their names although rows name managers so, or only by another name. */
  readonly lost: readonly { readonly id: number }[];
}

const queries: Readonly<Record<keyof Dump, string>> = {
  users: `select to_jsonb(u) - array['created_at', 'updated_at', 'made_by', 'made_sheet', 'made_row', 'made_entry', 'sought_name'] as row
    from users u where tenant_id = $1 order by id`,
  groups: `select to_jsonb(g) - 'created_at' - 'updated_at' as row from groups g where tenant_id = $1 order by id`,
  // Also those that nobody can say whose they are.
  memberships: `select to_jsonb(m) - 'made_entry' as row from memberships m left join users u on u.id = m.user_id left join groups g on g.id = m.group_id
    where u.tenant_id = $1 or g.tenant_id = $1 or u.id is null and g.id is null
    order by m.user_id, m.group_id, m.source_id`,
  facts: `select to_jsonb(f) - 'id' - 'made_entry' as row from manager_facts f where tenant_id = $1
    order by source_id, group_id, user_id, manager_by, manager_key`,
  definitions: `select to_jsonb(d) - 'created_at' as row from attribute_definitions d where tenant_id = $1 order by id`,
  claims: 'select to_jsonb(c) as row from claims c where tenant_id = $1 order by kind, key',
  lost: `select jsonb_build_object('id', u.id) as row from users u where u.tenant_id = $1 and coalesce(u.sought_name <> u.name_key, exists (
    select from manager_facts f where f.tenant_id = $1 and f.manager_by = 'name')) order by u.id`,
};

/** Reads all of a tenant's directory. */
export async function dump(db: Database, tenantId: TenantId): Promise<Dump> {
  const parts = Object.entries(queries).map(async ([name, query]) => {
    const { rows } = await db.pool.query<{ row: object }>(query, [tenantId]);
    return [name, rows.map(({ row }) => row)] as const;
  });
  return Object.fromEntries(await Promise.all(parts)) as unknown as Dump;
}
