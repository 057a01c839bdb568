/** How people of the file may be known: not at all, by their external id, or some of them by their e-mail. */
export type Known = 'nobody' | 'byId' | 'byEmail';

/** The person behind each external id of the file. */
function known(how: Known): string {
  if (how === 'nobody') return 'left join users u on false';
  if (how === 'byId') return `left join users u on u.source_id = $1 and u.external_id = p.external_id`;
  return `
    left join plan_adopted d on d.external_id = p.external_id
    left join users s on d.user_id is null and s.source_id = $1 and s.external_id = p.external_id
      and not exists (select from plan_adopted o where o.user_id = s.id)
    left join users u on u.id = coalesce(d.user_id, s.id)`;
}

/** The same people with the values that they will have after the file; `id` is none for the unknown. */
function peopleAfter(how: Known, people: string): string {
  return `
  select p.external_id, p.ordinal, p.sheet, p.row_no, u.id, p.first_name, p.last_name, p.name_key,
    ${how === 'byEmail' ? `case when u.id is null then null else coalesce(d.how, 'id') end` : `case when u.id is not null then 'id' end`} as how,
    case when 'email' = any(p.clears) then null else coalesce(p.email, u.email) end as email,
    case when 'email' = any(p.clears) then null else coalesce(p.email_key, u.email_key) end as email_key,
    p.email is not null as email_given,
    case when 'phone' = any(p.clears) then null else coalesce(p.phone, u.phone) end as phone,
    p.phone is not null as phone_given,
    case when 'isManager' = any(p.clears) then false else coalesce(p.is_manager, u.is_manager, false) end as is_manager,
    coalesce(p.active, u.active or u.inactive_cause = 'absence', true) as active,
    case when p.active is false then 'cell' else u.inactive_cause end as cause,
    case when 'language' = any(p.clears) then null else coalesce(p.language, u.language) end as language,
    case when p.attributes is null then coalesce(u.attributes, '{}')
      else jsonb_strip_nulls(coalesce(u.attributes, '{}') || p.attributes) end as attributes,
    p.groups, p.row_hash, p.several, p.manager_cleared, p.manager_by, p.manager_ref, p.manager_key
  from (${people}) p
  ${known(how)}`;
}

/** Which people are planned, and how they are found. */
export interface PeopleToPlan {
  readonly how: Known;
  /** A query with the columns of `people`. */
  readonly people: string;
  /** SQL of the id that the person `a`, who is `u` in the directory, gets. */
  readonly id: string;
  /** SQL that stands behind the people: what else is joined to them, and their order. */
  readonly rest?: string;
}

/** SQL that works out what people will be after the file: an empty cell leaves the value, the clear token empties it. */
export function planPeople({ how, people, id, rest = '' }: PeopleToPlan): string {
  return `
    insert into plan_users (external_id, user_id, ordinal, sheet, row_no, how, is_new, first_name, last_name, name_key, email, email_key,
      email_given, phone, phone_given, is_manager, active, was_active, inactive_cause, language, attributes, groups, skipped,
      row_hash, several, manager_cleared, manager_by, manager_ref, manager_key, claims_email, claims_phone, changed)
    select a.external_id, ${id}, a.ordinal, a.sheet, a.row_no, a.how, u.id is null, a.first_name, a.last_name, a.name_key,
      a.email, a.email_key, a.email_given, a.phone, a.phone_given, a.is_manager, a.active,
      coalesce(u.active, false), case when not a.active then a.cause end, a.language, a.attributes, a.groups,
      u.id is null and not a.active, a.row_hash, a.several, a.manager_cleared, a.manager_by, a.manager_ref, a.manager_key,
      a.active and a.email_key is not null and (u.id is null or not u.active or u.email_key is distinct from a.email_key),
      a.active and a.phone is not null and (u.id is null or not u.active or u.phone is distinct from a.phone),
      u.id is null or (a.first_name, a.last_name, a.email, a.phone, a.is_manager, a.active, a.language, a.attributes)
        is distinct from (u.first_name, u.last_name, u.email, u.phone, u.is_manager, u.active, u.language, u.attributes)
        or not a.active and a.cause is distinct from u.inactive_cause
        or a.how in ('email', 'rename')
    from (${peopleAfter(how, people)}) a
    left join users u on ${how === 'nobody' ? 'false' : 'u.id = a.id'}
    ${rest}`;
}
