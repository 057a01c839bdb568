import type { Database } from '@rosterport/database';
import type { TenantId } from '@rosterport/domain';

/** A directory without ids of ours, so that those of two companies can be compared. */
export type NamedDirectory = Readonly<Record<string, readonly unknown[]>>;

const queries = {
  people: `select external_id, first_name, last_name, name_key, replace(email_key, $2, '') as email, phone, is_manager, active, inactive_cause,
      language, attributes, administrator
    from users where tenant_id = $1 and $2 <> '' order by external_id`,
  groups: `select g.external_id, g.name, g.name_key, g.description, p.external_id as parent
    from groups g left join groups p on p.id = g.parent_id where g.tenant_id = $1 and $2 <> '' order by g.external_id, g.name`,
  memberships: `select u.external_id, g.external_id as group_id from memberships m join users u on u.id = m.user_id join groups g on g.id = m.group_id
    where u.tenant_id = $1 and $2 <> '' order by 1, 2`,
  managers: `select g.external_id as group_id, u.external_id, f.manager_by, f.manager_key from manager_facts f join groups g on g.id = f.group_id
    left join users u on u.id = f.user_id where f.tenant_id = $1 and $2 <> '' order by 1, 2, 3, 4`,
  derived: `select g.external_id as group_id, u.external_id from group_managers m join groups g on g.id = m.group_id join users u on u.id = m.user_id
    where m.tenant_id = $1 and $2 <> '' order by 1, 2`,
  attributes: `select name, type, options, required from attribute_definitions where tenant_id = $1 and $2 <> '' order by name`,
  claims: `select c.kind, replace(c.key, $2, '') as key, u.external_id from claims c join users u on u.id = c.user_id
    where c.tenant_id = $1 order by 1, 2`,
};

/** Reads a directory by names and external ids; e-mails lose the domain. */
export async function namedDirectory(db: Database, tenantId: TenantId, domain: string): Promise<NamedDirectory> {
  const parts = Object.entries(queries).map(async ([name, query]) => {
    const { rows } = await db.pool.query<object>(query, [tenantId, domain]);
    return [name, rows] as const;
  });
  return Object.fromEntries(await Promise.all(parts));
}
