import type { PoolClient } from 'pg';

/** One index, or the constraint that it stands for. */
interface IndexTexts {
  readonly drop: string;
  readonly make: string;
}

/**
 * Those that can be made again as they were from their definition alone. Indexes that something else relies on (a foreign
 * key, replication, the order of the table, another place on disk) stay.
 */
const indexesOf = `
  select
    case when c.oid is null then format('drop index %s', i.indexrelid::regclass)
      else format('alter table %s drop constraint %I', i.indrelid::regclass, c.conname) end as drop,
    case when c.oid is null then pg_get_indexdef(i.indexrelid)
      else format('alter table %s add constraint %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) end as make
  from pg_index i
  join pg_class x on x.oid = i.indexrelid
  left join pg_constraint c on c.conindid = i.indexrelid and c.conrelid = i.indrelid and c.contype in ('p', 'u', 'x')
  where i.indrelid = any($1::text[]::regclass[]) and i.indisvalid and not i.indisclustered and not i.indisreplident
    and x.reltablespace = 0
    and not exists (select from pg_constraint f where f.contype = 'f' and f.conindid = i.indexrelid)
  order by i.indexrelid`;

/**
 * Drops the indexes of tables, with the uniqueness that they keep, and returns the statements that make them again. Must run in
 * a transaction, which the statements must end: until then nobody else can even read the tables, and whoever does keeps this
 * waiting. Fails with the server's error when the role does not own the tables.
 */
export async function dropIndexes(client: PoolClient, tables: readonly string[]): Promise<readonly string[]> {
  const { rows } = await client.query<IndexTexts>(indexesOf, [tables]);
  for (const { drop } of rows) await client.query(drop);
  return rows.map(({ make }) => make);
}
