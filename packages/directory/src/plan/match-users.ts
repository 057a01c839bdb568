import type { JobContext } from '../work/job-context.ts';

/** The people of the file, one row each: rows of one person are merged. */
const people = `
  select r.ordinal, r.external_id, r.first_name, r.last_name, r.name_key, r.email, r.email_key, r.phone, r.is_manager,
    r.active, r.language, r.attributes, r.groups, r.clears
  from in_users r
  where r.valid and not exists (select from in_repeated m where m.kind = 'users' and m.external_id = r.external_id)
  union all
  select p.*, a.attributes, g.groups, c.clears
  from (
    select min(r.ordinal) as ordinal, r.external_id, max(r.first_name), max(r.last_name), max(r.name_key), max(r.email),
      max(r.email_key), max(r.phone), bool_or(r.is_manager), bool_or(r.active), max(r.language)
    from repeated r group by r.external_id) p
  left join (
    select r.external_id, jsonb_object_agg(a.key, a.value) as attributes
    from repeated r cross join lateral jsonb_each(r.attributes) a group by r.external_id) a using (external_id)
  left join (
    select r.external_id, jsonb_agg(distinct g.value) as groups
    from repeated r cross join lateral jsonb_array_elements(r.groups) g group by r.external_id) g using (external_id)
  left join (
    select r.external_id, array_agg(distinct c) as clears
    from repeated r cross join lateral unnest(r.clears) c group by r.external_id) c using (external_id)`;

/** The rows of people who stand in several and whose rows agree. */
const repeatedRows = `
  select r.* from in_users r
  join in_repeated m on m.kind = 'users' and m.external_id = r.external_id and not m.refused`;

/** The same people with the values that they will have after the file; `id` is none for the unknown. */
const peopleAfter = `
  select p.external_id, p.ordinal, u.id, p.first_name, p.last_name, p.name_key,
    case when 'email' = any(p.clears) then null else coalesce(p.email, u.email) end as email,
    case when 'email' = any(p.clears) then null else coalesce(p.email_key, u.email_key) end as email_key,
    p.email is not null as email_given,
    case when 'phone' = any(p.clears) then null else coalesce(p.phone, u.phone) end as phone,
    p.phone is not null as phone_given,
    case when 'isManager' = any(p.clears) then false else coalesce(p.is_manager, u.is_manager, false) end as is_manager,
    coalesce(p.active, u.active or u.inactive_cause = 'absence', true) as active,
    case when 'language' = any(p.clears) then null else coalesce(p.language, u.language) end as language,
    case when p.attributes is null then coalesce(u.attributes, '{}')
      else jsonb_strip_nulls(coalesce(u.attributes, '{}') || p.attributes) end as attributes,
    p.groups
  from (${people}) p
  left join users u on u.source_id = $1 and u.external_id = p.external_id`;

/**
 * Finds each person of the file in the directory by the external id within the source, and works out what the person
 * would be after the file: an empty cell leaves the value, the clear token empties it.
 *
 * Somebody unknown who is inactive in the file is skipped. An inactive person whose `Active` cell is empty comes back only
 * if absence was the cause.
 */
export async function matchUsers({ client, sourceId }: JobContext): Promise<void> {
  await client.query(
    `with repeated as materialized (${repeatedRows})
     insert into plan_users (external_id, user_id, ordinal, is_new, first_name, last_name, name_key, email, email_key,
       email_given, phone, phone_given, is_manager, active, was_active, language, attributes, groups, skipped,
       claims_email, claims_phone, changed)
     select a.external_id, coalesce(u.id, nextval('users_id_seq')), a.ordinal, u.id is null, a.first_name, a.last_name,
       a.name_key, a.email, a.email_key, a.email_given, a.phone, a.phone_given, a.is_manager, a.active,
       coalesce(u.active, false), a.language, a.attributes, a.groups, u.id is null and not a.active,
       a.active and a.email_key is not null and (u.id is null or not u.active or u.email_key is distinct from a.email_key),
       a.active and a.phone is not null and (u.id is null or not u.active or u.phone is distinct from a.phone),
       u.id is null or (a.first_name, a.last_name, a.email, a.phone, a.is_manager, a.active, a.language, a.attributes)
         is distinct from (u.first_name, u.last_name, u.email, u.phone, u.is_manager, u.active, u.language, u.attributes)
     from (${peopleAfter}) a
     left join users u on u.id = a.id`,
    [sourceId],
  );
  await client.query('analyze plan_users');
  await client.query(
    `insert into findings (ordinal, code, severity)
     select r.ordinal, 'validateUserExists', 'warning' from plan_users p join in_users r using (external_id) where p.skipped`,
  );
}
