import type { KeptReason } from '@rosterport/domain';
import type { DirectoryContext } from '../work/job-context.ts';

/** A connection of a revert. */
export type RevertClient = DirectoryContext['client'];

/** What to leave as it is. */
export interface Keeping {
  readonly kind: 'user' | 'group' | 'attributeDefinition';
  readonly reason: KeptReason;
  /** Values of the query in `found`. */
  readonly values?: readonly unknown[];
  /** SQL of what is found in the way: record_id, and for records whose values go back the unit that cannot. */
  readonly found: string;
}

/**
 * Leaves units of values as they are, or does not make a record again. Returns how many more are kept, so that what rests on
 * them can be judged again.
 */
export async function keep(client: RevertClient, { kind, reason, values = [], found }: Keeping): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `with found as materialized (${found}),
     units as (
       update revert_values v set kept = '${reason}' from found f
       where v.kind = '${kind}' and v.record_id = f.record_id and v.unit = f.unit and v.kept is null returning 1),
     records as (
       update revert_records r set kept = '${reason}' from found f
       where r.kind = '${kind}' and r.record_id = f.record_id and r.action <> 'restore' and r.kept is null returning 1)
     select ((select count(*) from units) + (select count(*) from records))::int as count`,
    [...values],
  );
  return rows[0]?.count ?? 0;
}

/** Lets a record that is made again do without some values. `found` is SQL of record_id and field. Returns how many more. */
export async function doWithout(client: RevertClient, { kind, reason, values = [], found }: Keeping): Promise<number> {
  const { rowCount } = await client.query(
    `insert into revert_values (kind, record_id, field, unit, was, now, kept)
     select distinct r.kind, r.record_id, f.field, f.field, coalesce(case
       when f.field like 'attributes.%' then r.later -> 'attributes' -> substr(f.field, length('attributes.') + 1)
       else r.later -> f.field end, 'null'), jsonb 'null', '${reason}'
     from (${found}) f
     join revert_records r on r.kind = '${kind}' and r.record_id = f.record_id and r.action = 'recreate' and r.kept is null`,
    [...values],
  );
  return rowCount ?? 0;
}

/** Works out the values of each record after the revert, from those that go back or must stay away. */
export async function workOutRecords(client: RevertClient): Promise<void> {
  await client.query(
    `update revert_records r set later = r.base || coalesce(v.plain, '{}') || case when v.attributes is null then '{}'
       else jsonb_build_object('attributes', jsonb_strip_nulls(coalesce(r.base -> 'attributes', '{}') || v.attributes)) end
     from (
       select o.kind, o.record_id,
         jsonb_object_agg(v.field, case o.action when 'restore' then v.was else 'null' end) filter (where v.field not like 'attributes.%') as plain,
         jsonb_object_agg(substr(v.field, length('attributes.') + 1), case o.action when 'restore' then v.was else 'null' end)
           filter (where v.field like 'attributes.%') as attributes
       from revert_records o
       left join revert_values v on v.kind = o.kind and v.record_id = o.record_id and (v.kept is null) = (o.action = 'restore')
       where o.action <> 'remove' group by o.kind, o.record_id) v
     where r.kind = v.kind and r.record_id = v.record_id and r.base is not null`,
  );
}

/** SQL of whether a record will be there after the revert; `id` is an expression. */
export function isThere(kind: 'user' | 'group', id: string): string {
  const record = `select from revert_records there where there.kind = '${kind}' and there.record_id = ${id} and there.kept is null`;
  return `(exists (select from ${kind}s there where there.id = ${id}) and not exists (${record} and there.action = 'remove')
    or exists (${record} and there.action = 'recreate'))`;
}
