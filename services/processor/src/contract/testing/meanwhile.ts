import { randomUUID } from 'node:crypto';
import type { Database } from '@rosterport/database';
import type { TenantId } from '@rosterport/domain';

/** Something that happened to a company otherwise than by its file feed. */
export type Meanwhile = (database: Database, tenantId: TenantId) => Promise<unknown>;

/** The person became inactive, for the reason given. */
export function inactive(externalId: string, cause: 'absence' | 'hand'): Meanwhile {
  return async ({ pool }, tenantId) => {
    const person = [tenantId, externalId];
    await pool.query(`delete from claims using users u where u.id = user_id and u.tenant_id = $1 and u.external_id = $2`, person);
    await pool.query('update users set active = false, inactive_cause = $3 where tenant_id = $1 and external_id = $2', [...person, cause]);
  };
}

/** Another source of the company has a group of that name, which has no external id in this source. */
export function groupOfAnotherSource(name: string): Meanwhile {
  return async (database, tenantId) => {
    const sourceId = await anotherSource(database, tenantId);
    await database.pool.query(
      'insert into groups (tenant_id, source_id, external_id, name, name_key) values ($1, $2, $3, $4, lower($4))',
      [tenantId, sourceId, `other ${name}`, name],
    );
  };
}

/** Another source of the company made the person a member of the group. */
export function memberByAnotherSource(externalId: string, groupName: string): Meanwhile {
  return async (database, tenantId) => {
    const sourceId = await anotherSource(database, tenantId);
    await database.pool.query(
      `insert into memberships (user_id, group_id, source_id)
       select u.id, g.id, $4 from users u, groups g
       where u.tenant_id = $1 and u.external_id = $2 and g.tenant_id = $1 and g.name = $3`,
      [tenantId, externalId, groupName, sourceId],
    );
  };
}

async function anotherSource({ pool }: Database, tenantId: TenantId): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into sources (id, tenant_id, name) values ($1, $2, 'another')
     on conflict (tenant_id, name) do update set name = excluded.name returning id`,
    [randomUUID(), tenantId],
  );
  return (rows[0] as { id: string }).id;
}
