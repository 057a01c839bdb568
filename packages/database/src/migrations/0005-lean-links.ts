import type { Migration } from '../migration.ts';

const directoryTables = `
-- All links of a first load would ask for their two ends once more, which took two fifths of the time of writing them. Whoever
-- deletes a person or a group deletes the links first, under the directory lock under which links are made.
alter table memberships drop constraint memberships_user_id_fkey, drop constraint memberships_group_id_fkey;
alter table manager_facts drop constraint manager_facts_user_id_fkey, drop constraint manager_facts_group_id_fkey;
-- The same with the group in front, by which facts are looked for too.
drop index manager_facts_one;
create unique index manager_facts_one on manager_facts (group_id, source_id, (coalesce(user_id, 0)), manager_by, manager_key);
-- Few facts of a large group name one person.
drop index manager_facts_by_manager;
create index manager_facts_by_manager on manager_facts (tenant_id, manager_key, group_id);
-- A person's claims are found by the keys that the person has.
drop index claims_by_user;
-- What tells most comes first: half of the rows have one kind.
alter table claims drop constraint claims_pkey, add primary key (scope, key, kind);
`;

/**
 * Entries that say no more than the record itself: that a job made it as it is. They are not written before that stops being
 * so; a third of the time of a first load went into writing them.
 */
const impliedEntries = `
-- The job and row that made the person. With made_entry, an id of the journal, there is an entry with this id as if it were
-- there: it says that the job made the person with the present values.
alter table users add column made_by uuid, add column made_sheet text, add column made_row int, add column made_entry bigint;
create index users_made on users (made_by, id) where made_by is not null;
-- The same of links that the row which made their person gave, for as long as they are there.
alter table memberships add column made_entry bigint;
alter table manager_facts add column made_entry bigint;

create function values_made(u users) returns jsonb stable language sql as $$
  select jsonb_strip_nulls(jsonb_build_object('sourceId', u.source_id, 'externalId', u.external_id, 'firstName', u.first_name,
    'lastName', u.last_name, 'email', u.email, 'phone', u.phone, 'isManager', u.is_manager, 'active', u.active,
    'inactiveCause', u.inactive_cause, 'language', u.language, 'attributes', u.attributes))
$$;

-- The journal with the entries that records imply. Whoever is named by an entry about managers is told apart.
create view whole_journal as
select id, tenant_id, job_id, credential_id, at, sheet, row_no, kind, record_id,
  (coalesce(after, before) ->> 'userId')::bigint as member_id, before, after
from journal
union all
select u.made_entry, u.tenant_id, u.made_by, null::uuid, u.created_at, u.made_sheet, u.made_row, 'user', u.id,
  null::bigint, null::jsonb, values_made(u)
from users u where u.made_entry is not null
union all
select m.made_entry, u.tenant_id, u.made_by, null::uuid, u.created_at, u.made_sheet, u.made_row, 'membership', m.user_id,
  null::bigint, null::jsonb, jsonb_build_object('groupId', m.group_id)
from memberships m join users u on u.id = m.user_id where m.made_entry is not null
union all
select f.made_entry, u.tenant_id, u.made_by, null::uuid, u.created_at, u.made_sheet, u.made_row, 'managerFact', f.group_id,
  f.user_id, null::jsonb, jsonb_build_object('userId', f.user_id, 'by', f.manager_by, 'ref', f.manager_ref)
from manager_facts f join users u on u.id = f.user_id where f.made_entry is not null;

-- Whatever changes a value that an entry tells lets go of the entry's id, and whatever removes the record takes it along. The
-- entries are then written for all records of the statement at once, by a plan for as many as there are.
create function let_go_of_entry() returns trigger language plpgsql as $$
begin
  new.made_entry := null;
  return new;
end $$;

create trigger users_made_changes
before update of source_id, external_id, first_name, last_name, email, phone, is_manager, active, inactive_cause, language,
  attributes, created_at, made_by, made_sheet, made_row
on users for each row when (old.made_entry is not null) execute function let_go_of_entry();

create function write_users_made() returns trigger language plpgsql as $$
begin
  execute $sql$
    insert into journal (id, tenant_id, job_id, sheet, row_no, kind, record_id, after, at) overriding system value
    select o.made_entry, o.tenant_id, o.made_by, o.made_sheet, o.made_row, 'user', o.id, values_made(row(o.*)::users), o.created_at
    from before_change o $sql$
    || case tg_op when 'UPDATE' then 'join after_change n using (id) where n.made_entry is null and o.made_entry is not null'
      else 'where o.made_entry is not null' end;
  return null;
end $$;

-- Other triggers change nothing that an entry tells.
create trigger users_made_changed after update on users
  referencing old table as before_change new table as after_change
  for each statement when (pg_trigger_depth() = 0) execute function write_users_made();
create trigger users_made_gone after delete on users
  referencing old table as before_change
  for each statement execute function write_users_made();

create function write_memberships_made() returns trigger language plpgsql as $$
begin
  execute $sql$
    insert into journal (id, tenant_id, job_id, sheet, row_no, kind, record_id, after, at) overriding system value
    select o.made_entry, u.tenant_id, u.made_by, u.made_sheet, u.made_row, 'membership', u.id,
      jsonb_build_object('groupId', o.group_id), u.created_at
    from before_change o join users u on u.id = o.user_id where o.made_entry is not null$sql$;
  return null;
end $$;

create trigger memberships_made_gone after delete on memberships
  referencing old table as before_change
  for each statement execute function write_memberships_made();

create function write_manager_facts_made() returns trigger language plpgsql as $$
begin
  execute $sql$
    insert into journal (id, tenant_id, job_id, sheet, row_no, kind, record_id, after, at) overriding system value
    select o.made_entry, u.tenant_id, u.made_by, u.made_sheet, u.made_row, 'managerFact', o.group_id,
      jsonb_build_object('userId', u.id, 'by', o.manager_by, 'ref', o.manager_ref), u.created_at
    from before_change o join users u on u.id = o.user_id where o.made_entry is not null$sql$;
  return null;
end $$;

create trigger manager_facts_made_gone after delete on manager_facts
  referencing old table as before_change
  for each statement execute function write_manager_facts_made();
`;

/** Links, claims and entries of the journal that cost less to write. */
export const leanLinks: Migration = { name: '0005-lean-links', up: directoryTables + impliedEntries };
