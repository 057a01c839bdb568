/** The rows of people who stand in several and whose rows agree. */
export const repeatedRows = `
  select r.* from in_users r
  join in_repeated m on m.kind = 'users' and m.external_id = r.external_id and not m.refused`;

/** The rows `r` of the file that are not refused for themselves, as people. */
export const eachRow = `
  select r.ordinal, r.sheet, r.row_no, r.external_id, r.first_name, r.last_name, r.name_key, r.email, r.email_key, r.phone, r.is_manager,
    r.active, r.language, r.attributes, r.groups, r.clears,
    -- A manager without a group leaves no fact by which those are found whom another name or id of the manager concerns.
    case when r.manager_by is null or r.groups <> '[]' then r.row_hash end as row_hash,
    coalesce(jsonb_array_length(r.groups) > 1, false) as several, 'manager' = any(r.clears) as manager_cleared, r.manager_by, r.manager_ref, r.manager_key
  from in_users r where r.valid`;

/** The people who stand in several rows, which are merged. Needs `repeatedRows` as `repeated`. */
export const mergedPeople = `
  select p.*, a.attributes, g.groups, c.clears, null::bytea as row_hash, true as several, null::boolean as manager_cleared,
    null as manager_by, null as manager_ref, null as manager_key
  from (
    select min(r.ordinal) as ordinal, (array_agg(r.sheet order by r.ordinal))[1] as sheet, (array_agg(r.row_no order by r.ordinal))[1] as row_no,
      r.external_id, max(r.first_name) as first_name, max(r.last_name) as last_name, max(r.name_key) as name_key, max(r.email) as email,
      max(r.email_key) as email_key, max(r.phone) as phone, bool_or(r.is_manager) as is_manager, bool_or(r.active) as active,
      max(r.language) as language
    from repeated r group by r.external_id) p
  left join (
    select r.external_id, jsonb_object_agg(a.key, a.value) as attributes
    from repeated r cross join lateral jsonb_each(r.attributes) a group by r.external_id) a using (external_id)
  left join (
    -- Rows that all say that there are no groups are not rows that say nothing.
    select r.external_id, coalesce(jsonb_agg(distinct g.value) filter (where g.value is not null), '[]') as groups
    from repeated r left join lateral jsonb_array_elements(r.groups) g on true
    where r.groups is not null group by r.external_id) g using (external_id)
  left join (
    select r.external_id, array_agg(distinct c) as clears
    from repeated r cross join lateral unnest(r.clears) c group by r.external_id) c using (external_id)`;

/** The people of the file, one row each: rows of one person are merged. Needs `repeatedRows` as `repeated`. */
export const people = `
  ${eachRow} and not exists (select from in_repeated m where m.kind = 'users' and m.external_id = r.external_id)
  union all ${mergedPeople}`;

/**
 * The e-mails by which the file names people, each of exactly one person. `< 2` and not `= 1`, which PostgreSQL takes for so
 * rare that it would look through the file once for each e-mail: two minutes for 20,000 people of two rows.
 */
export const emailsOfFile = `
  select min(external_id) as external_id, email_key from (
    select distinct r.external_id, r.email_key from in_users r
    where r.valid and r.email_key is not null and not exists (
      select from in_repeated m where m.kind = 'users' and m.external_id = r.external_id and m.refused)) e
  group by email_key having count(*) < 2`;
