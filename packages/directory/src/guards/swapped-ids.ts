import { issue } from '@rosterport/domain';
import { firstFew, mostNamed } from '../work/first-few.ts';
import type { Guard } from './guard.ts';

/** Whom the source knows by the id of the file, and whose name or address is another afterwards. The phone stands in for a missing e-mail. */
const differing = `
  select p.external_id, p.ordinal, u.name_key as old_name, p.name_key as new_name,
    coalesce(u.email_key, u.phone) as old_address, coalesce(p.email_key, p.phone) as new_address,
    (u.email_key is null) = (p.email_key is null) as is_comparable
  from plan_users p join users u on u.id = p.user_id
  where not p.is_new and p.how = 'id' and p.changed and not p.refused and not p.skipped
    and (p.name_key <> u.name_key or (p.email_key, p.phone) is distinct from (u.email_key, u.phone))`;

/**
 * Whoever is somebody else in name and address at once, and pairs of whom each gets the name, or the address, that the other
 * had.
 */
const swapped = `
  with differing as materialized (${differing})
  select external_id as id, count(*) over ()::int as total from (
    select external_id, ordinal from differing
    where is_comparable and new_name <> old_name and new_address <> old_address
    union
    select d.external_id, d.ordinal from differing d
    where d.new_name <> d.old_name and exists (
      select from differing o where o.new_name = d.old_name and o.old_name = d.new_name)
    union
    select d.external_id, d.ordinal from differing d
    where d.new_address <> d.old_address and exists (
      select from differing o where o.new_address = d.old_address and o.old_address = d.new_address)
  ) people order by ordinal limit ${mostNamed}`;

/** Holds a plan that makes somebody else of a person, so that nobody gets what belongs to another. */
export const swappedIds: Guard = {
  name: 'swappedIds',
  async look({ client, policy }) {
    if (!policy.guards.swappedIds) return [];
    const { rows } = await client.query<{ id: string; total: number }>(swapped);
    return rows.length === 0 ? [] : [issue('validateSwappedIds', { found: firstFew(rows.map(({ id }) => id), rows[0]?.total) })];
  },
};
