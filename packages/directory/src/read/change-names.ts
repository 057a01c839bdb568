import type { Database } from '@rosterport/database';
import type { DirectoryGroupName, DirectoryPersonName, JobId, TenantId } from '@rosterport/domain';

/** Whose records are named, and the job in whose changes they stand. */
interface Place {
  readonly tenantId: TenantId;
  readonly jobId: JobId;
}

/**
 * SQL of the names of records: as they are in the directory, else as the job would make them, else as the journal last knew
 * them, since a record need not be there yet and need not be there any more.
 */
function namesQuery(kind: 'user' | 'group', table: string, nameOf: { readonly row: string; readonly entry: (side: string) => string }): string {
  return `
    select i.id::text, coalesce(r.external_id, p.label ->> 'externalId', j."externalId") as "externalId",
      coalesce(${nameOf.row}, p.label ->> 'name', j.name, '') as name
    from (select distinct unnest($3::bigint[]) as id) i
    left join ${table} r on r.id = i.id and r.tenant_id = $1
    left join lateral (
      select c.label from planned_changes c
      where r.id is null and c.job_id = $2 and c.kind = '${kind}' and c.record_id = i.id limit 1) p on true
    left join lateral (
      select coalesce(w.after ->> 'externalId', w.before ->> 'externalId') as "externalId",
        coalesce(${nameOf.entry('w.after')}, ${nameOf.entry('w.before')}) as name
      from journal w
      where r.id is null and p.label is null and w.tenant_id = $1 and w.kind = '${kind}' and w.record_id = i.id
        and (w.before is null or w.after is null)
      order by w.id desc limit 1) j on true`;
}

const groupsQuery = namesQuery('group', 'groups', { row: 'r.name', entry: (side) => `${side} ->> 'name'` });

const peopleQuery = namesQuery('user', 'users', {
  row: `r.first_name || ' ' || r.last_name`,
  entry: (side) => `(${side} ->> 'firstName') || ' ' || (${side} ->> 'lastName')`,
});

/** Groups by id, with their names as far as anything knows them. */
export function groupNames(database: Database, place: Place, ids: readonly string[]): Promise<ReadonlyMap<string, DirectoryGroupName>> {
  return named(database, groupsQuery, { place, ids });
}

/** People by id, with their names as far as anything knows them. */
export function personNames(database: Database, place: Place, ids: readonly string[]): Promise<ReadonlyMap<string, DirectoryPersonName>> {
  return named(database, peopleQuery, { place, ids });
}

async function named<Name extends { readonly id: string }>(
  database: Database,
  text: string,
  { place, ids }: { readonly place: Place; readonly ids: readonly string[] },
): Promise<ReadonlyMap<string, Name>> {
  if (ids.length === 0) return new Map();
  const { rows } = await database.pool.query<Name>(text, [place.tenantId, place.jobId, ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The tenant's sources by id. */
export async function sourceNames(database: Database, tenantId: TenantId, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await database.pool.query<{ id: string; name: string }>(
    'select id, name from sources where tenant_id = $1 and id = any($2::uuid[])',
    [tenantId, [...new Set(ids)]],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
