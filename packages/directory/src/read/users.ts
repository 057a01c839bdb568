import type { Database } from '@rosterport/database';
import { Failure, type DirectoryUser, type Page, type TenantId } from '@rosterport/domain';

/** Which people to list. */
export interface UserQuery {
  /** Only the person with this external id. */
  readonly externalId?: string;
  /** Only active or only inactive people. */
  readonly active?: boolean;
  /** The `next` of the page before. */
  readonly cursor?: string;
  /** How many at most, 1 to 1000. */
  readonly limit: number;
}

const columns = `
  u.id::text, u.external_id as "externalId", u.first_name as "firstName", u.last_name as "lastName", u.email, u.phone,
  u.is_manager as "isManager", u.active, u.inactive_cause as "inactiveCause", u.administrator, u.language, u.attributes,
  coalesce((
    select jsonb_agg(jsonb_build_object('id', g.id::text, 'externalId', g.external_id, 'name', g.name) order by g.name_key, g.id)
    from groups g where g.id in (select m.group_id from memberships m where m.user_id = u.id)), '[]') as groups,
  s.name as source`;

/** A page of the tenant's people, in the order in which they were made. The index holds their ids in steps of 1,024. */
export async function listUsers(database: Database, tenantId: TenantId, query: UserQuery): Promise<Page<DirectoryUser>> {
  const { rows } = await database.pool.query<DirectoryUser>(
    `select ${columns} from users u left join sources s on s.id = u.source_id
     where u.tenant_id = $1 and u.id >> 10 >= $2::bigint >> 10 and u.id > $2::bigint
       and ($3::text is null or u.external_id = $3) and ($4::boolean is null or u.active = $4)
     order by u.id >> 10, u.id limit $5`,
    [tenantId, query.cursor ?? '0', query.externalId ?? null, query.active ?? null, query.limit + 1],
  );
  return pageOf(rows, query.limit);
}

/** One person of the tenant. Fails with `notFound`. */
export async function findUser(database: Pick<Database, 'pool'>, tenantId: TenantId, id: string): Promise<DirectoryUser> {
  const { rows } = await database.pool.query<DirectoryUser>(
    `select ${columns} from users u left join sources s on s.id = u.source_id where u.tenant_id = $1 and u.id = $2::bigint`,
    [tenantId, id],
  );
  if (rows[0] === undefined) throw new Failure('notFound', { values: { what: 'person' } });
  return rows[0];
}

/** Cuts the surplus row off and tells where the next page begins. */
export function pageOf<Item extends { readonly id: string }>(rows: readonly Item[], limit: number): Page<Item> {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
