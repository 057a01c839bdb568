import type { Database } from '@rosterport/database';
import { Failure, type DirectoryGroup, type Page, type TenantId } from '@rosterport/domain';
import { pageOf } from './users.ts';

/** Which groups to list. */
export interface GroupQuery {
  /** Only the group with this external id. */
  readonly externalId?: string;
  /** The `next` of the page before. */
  readonly cursor?: string;
  /** How many at most, 1 to 1000. */
  readonly limit: number;
}

const columns = `
  g.id::text, g.external_id as "externalId", g.name, g.description,
  case when parent.id is not null then
    jsonb_build_object('id', parent.id::text, 'externalId', parent.external_id, 'name', parent.name) end as parent,
  coalesce((
    select jsonb_agg(jsonb_build_object('id', u.id::text, 'externalId', u.external_id,
      'name', u.first_name || ' ' || u.last_name) order by u.external_id, u.id)
    from group_managers m join users u on u.id = m.user_id where m.group_id = g.id), '[]') as managers,
  (select count(distinct m.user_id)::int from memberships m join users u on u.id = m.user_id
   where m.group_id = g.id and u.active) as members`;

/** A page of the tenant's groups, in the order in which they were made. */
export async function listGroups(database: Database, tenantId: TenantId, query: GroupQuery): Promise<Page<DirectoryGroup>> {
  const { rows } = await database.pool.query<DirectoryGroup>(
    `select ${columns} from groups g left join groups parent on parent.id = g.parent_id
     where g.tenant_id = $1 and g.id > $2::bigint and ($3::text is null or g.external_id = $3)
     order by g.id limit $4`,
    [tenantId, query.cursor ?? '0', query.externalId ?? null, query.limit + 1],
  );
  return pageOf(rows, query.limit);
}

/** One group of the tenant. Fails with `notFound`. */
export async function findGroup(database: Pick<Database, 'pool'>, tenantId: TenantId, id: string): Promise<DirectoryGroup> {
  const { rows } = await database.pool.query<DirectoryGroup>(
    `select ${columns} from groups g left join groups parent on parent.id = g.parent_id where g.tenant_id = $1 and g.id = $2::bigint`,
    [tenantId, id],
  );
  if (rows[0] === undefined) throw new Failure('notFound', { values: { what: 'group' } });
  return rows[0];
}
