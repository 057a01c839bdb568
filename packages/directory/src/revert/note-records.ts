import type { DirectoryContext } from '../work/job-context.ts';
import { recordKinds, valuesOf, valuesChangedBy } from './record-kinds.ts';

/** Puts down what is to become of each record that the job changed, and which of its values would go back. */
export async function noteRecords({ client, tenantId }: DirectoryContext): Promise<void> {
  for (const kind of recordKinds) {
    const now = `case when t.id is not null then ${valuesOf(kind, 't')} end`;
    await client.query(
      `insert into revert_records (kind, record_id, action, now, base, later)
       select r.kind, r.record_id, r.action, r.now, r.base, r.base from (
         select e.kind, e.record_id, ${now} as now,
           case when e.before is null then 'remove' when e.after is null then 'recreate' else 'restore' end as action,
           case when e.after is null then e.before else ${now} end as base
         from revert_entries e left join ${kind.table} t on t.id = e.record_id and t.tenant_id = $1
         where e.kind = '${kind.kind}') r
       -- What is gone already, or there already, needs nothing.
       where not (r.action = 'remove' and r.now is null or r.action = 'recreate' and r.now is not null)
         -- Of an erased person nothing is left to make them from.
         and not (r.action = 'recreate' and not r.base ?& $2)`,
      [tenantId, kind.needed],
    );
  }
  await client.query('analyze revert_records');
  await client.query(
    `update revert_records r set kept = 'changedSince' where r.action = 'remove' and exists (
       select from revert_since s where s.kind = r.kind and s.record_id = r.record_id)`,
  );
  await noteValues({ client });
}

/** A value goes back where it still is what the job wrote, and nothing of its unit was touched since. */
async function noteValues({ client }: Pick<DirectoryContext, 'client'>): Promise<void> {
  await client.query(
    `insert into revert_values
     select kind, record_id, field, unit, was, now, case when touched then 'changedSince' end
     from (
       select v.*, bool_or(v.now <> v.wrote or s.unit is not null) over (partition by v.kind, v.record_id, v.unit) as touched
       from (
         select e.kind, e.record_id, v.field, v.unit, v.was, v.wrote, coalesce(case
           when v.field like 'attributes.%' then r.now -> 'attributes' -> substr(v.field, length('attributes.') + 1)
           else r.now -> v.field end, 'null') as now
         from revert_entries e
         join revert_records r on r.kind = e.kind and r.record_id = e.record_id and r.action = 'restore'
         cross join lateral ${valuesChangedBy('e')} v) v
       left join revert_since s on s.kind = v.kind and s.record_id = v.record_id and s.unit = v.unit) v
     where now <> was`,
  );
  await client.query('analyze revert_values');
}
