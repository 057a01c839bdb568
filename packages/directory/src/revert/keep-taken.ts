import { claimKinds } from '../plan/claim-conflicts.ts';
import type { DirectoryContext } from '../work/job-context.ts';
import { keyFor } from './comparison-keys.ts';
import { keep } from './keep.ts';

/** Records that would get an id which another record has after the revert, or which two would get. */
function takenIds(kind: 'user' | 'group'): string {
  return `
    with wanting as (
      select r.record_id, r.later ->> 'sourceId' as source, r.later ->> 'externalId' as id
      from revert_records r
      where r.kind = '${kind}' and r.kept is null and r.action <> 'remove' and r.later ->> 'externalId' is not null
        and (r.now -> 'sourceId', r.now -> 'externalId') is distinct from (r.later -> 'sourceId', r.later -> 'externalId'))
    select w.record_id, 'identity' as unit from (
      select *, row_number() over (partition by source, id order by record_id) as place from wanting) w
    where w.place > 1 or exists (
      select from ${kind}s o where o.source_id = w.source::uuid and o.external_id = w.id and o.id <> w.record_id
        and not exists (
          select from revert_records x where x.kind = '${kind}' and x.record_id = o.id and x.kept is null and (
            x.action = 'remove' or (x.later ->> 'sourceId', x.later ->> 'externalId') is distinct from (w.source, w.id))))`;
}

const takenNames = `
  select r.record_id, null as unit from revert_records r
  where r.kind = 'attributeDefinition' and r.action = 'recreate' and r.kept is null and exists (
    select from attribute_definitions d where d.tenant_id = $1 and d.name = r.later ->> 'name')`;

/** What active people will hold after the revert, and did not hold before. */
export function wantedClaims({ kind, key }: (typeof claimKinds)[number]): string {
  const later = kind === 'email' ? keyFor('email', `r.later ->> 'email'`) : `r.later ->> 'phone'`;
  return `
    select w.record_id, w.key from (
      select r.record_id, ${later} as key, r.now ->> 'active' = 'true' as was_active
      from revert_records r
      where r.kind = 'user' and r.kept is null and r.action <> 'remove' and r.later ->> 'active' = 'true'
        and r.later -> '${kind}' <> 'null'
        and (r.now is null or (r.now -> 'active', r.now -> '${kind}') is distinct from (r.later -> 'active', r.later -> '${kind}'))) w
    left join users u on u.id = w.record_id
    where w.was_active is not true or u.${key} is distinct from w.key`;
}

/** SQL of whether somebody who holds a claim `c` gives it up. */
export function isGivenUp({ kind }: (typeof claimKinds)[number]): string {
  const later = kind === 'email' ? keyFor('email', `x.later ->> 'email'`) : `x.later ->> 'phone'`;
  return `exists (
    select from revert_records x where x.kind = 'user' and x.record_id = c.user_id and x.kept is null and (
      x.action = 'remove' or x.now <> x.later and (
        x.later -> 'active' = 'false' or x.now -> '${kind}' <> x.later -> '${kind}' and ${later} is distinct from c.key)))`;
}

/** Those who would get what somebody else holds or gets too: the value stays as it is, or else the person inactive. */
function takenClaims(claim: (typeof claimKinds)[number]): string {
  const { kind, scope } = claim;
  return `
    with wanting as materialized (${wantedClaims(claim)})
    select w.record_id, case when exists (
      select from revert_values v where v.kind = 'user' and v.record_id = w.record_id and v.unit = '${kind}' and v.kept is null)
      then '${kind}' else 'presence' end as unit
    from (select *, row_number() over (partition by key order by record_id) as place from wanting) w
    where w.place > 1 or exists (
      select from claims c where c.kind = '${kind}' and c.scope = ${scope} and c.key = w.key and c.user_id <> w.record_id
        and $1::uuid is not null and not ${isGivenUp(claim)})`;
}

/** Keeps what would take an id, a name, an e-mail or a phone that belongs to another by now. Returns how many more are kept. */
export async function keepTaken({ client, tenantId }: DirectoryContext): Promise<number> {
  const reason = 'valueTaken';
  let kept = 0;
  for (const kind of ['user', 'group'] as const) kept += await keep(client, { kind, reason, found: takenIds(kind) });
  kept += await keep(client, { kind: 'attributeDefinition', reason, found: takenNames, values: [tenantId] });
  for (const claim of claimKinds) {
    kept += await keep(client, { kind: 'user', reason, found: takenClaims(claim), values: [tenantId] });
  }
  return kept;
}
