import type { Migration } from '../migration.ts';

const indexes = `
-- People in steps of 1,024 ids: many rows have one key, which is then kept once with the places of them all. That takes a
-- sixth of the room, so that changing people here and there touches fewer pages; step by step it is walked in the order of ids.
drop index users_tenant;
create index users_tenant on users (tenant_id, (id >> 10));
drop index users_made;
create index users_made on users (made_by, (id >> 10)) where made_by is not null;
-- With the record in front, which tells most. Of a job a record has few entries, and they need no order.
drop index journal_by_record;
create index journal_by_record on journal (record_id, kind, id);
drop index journal_by_job;
create index journal_by_job on journal (job_id, kind, record_id);
`;

/** What a statement let go of is often nothing, and a plan to write it down would cost more than a file of few rows otherwise. */
const impliedEntries = `
create or replace function write_users_made() returns trigger language plpgsql as $$
begin
  if not exists (select from before_change where made_entry is not null) then
    return null;
  end if;
  execute $sql$
    insert into journal (id, tenant_id, job_id, sheet, row_no, kind, record_id, after, at) overriding system value
    select o.made_entry, o.tenant_id, o.made_by, o.made_sheet, o.made_row, 'user', o.id, values_made(row(o.*)::users), o.created_at
    from before_change o $sql$
    || case tg_op when 'UPDATE' then 'join after_change n using (id) where n.made_entry is null and o.made_entry is not null'
      else 'where o.made_entry is not null' end;
  return null;
end $$;

create or replace function write_memberships_made() returns trigger language plpgsql as $$
begin
  if exists (select from before_change where made_entry is not null) then
    execute $sql$
      insert into journal (id, tenant_id, job_id, sheet, row_no, kind, record_id, after, at) overriding system value
      select o.made_entry, u.tenant_id, u.made_by, u.made_sheet, u.made_row, 'membership', u.id,
        jsonb_build_object('groupId', o.group_id), u.created_at
      from before_change o join users u on u.id = o.user_id where o.made_entry is not null$sql$;
  end if;
  return null;
end $$;

create or replace function write_manager_facts_made() returns trigger language plpgsql as $$
begin
  if exists (select from before_change where made_entry is not null) then
    execute $sql$
      insert into journal (id, tenant_id, job_id, sheet, row_no, kind, record_id, after, at) overriding system value
      select o.made_entry, u.tenant_id, u.made_by, u.made_sheet, u.made_row, 'managerFact', o.group_id,
        jsonb_build_object('userId', u.id, 'by', o.manager_by, 'ref', o.manager_ref), u.created_at
      from before_change o join users u on u.id = o.user_id where o.made_entry is not null$sql$;
  end if;
  return null;
end $$;
`;

/**
 * Who names somebody by id is looked for only where an id has changed, and by name only in tenants that do so; the order has an
 * index asked, however many others do.
 */
const droppedHashes = `
create or replace function drop_row_hashes_of_namers() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update users u set row_hash = null from manager_facts f
    where f.tenant_id = new.tenant_id and f.manager_by = 'name' and f.manager_key = new.name_key
      and u.id = f.user_id and u.row_hash is not null;
    return null;
  end if;
  if not exists (select from before_change) then
    return null;
  end if;
  if tg_op = 'DELETE' then
    execute $sql$
    update users u set row_hash = null
    where u.row_hash is not null and u.id = any (array(
      select f.user_id
      from before_change o cross join lateral (
        select f.user_id from manager_facts f
        where f.tenant_id = o.tenant_id and f.manager_by = 'name' and f.manager_key = o.name_key
        union all
        select f.user_id from manager_facts f
        where f.tenant_id = o.tenant_id and f.manager_by = 'id' and f.manager_key = o.external_id offset 0) f))$sql$;
    return null;
  end if;
  if exists (select id, external_id from after_change except select id, external_id from before_change) then
    execute $sql$
    update users u set row_hash = null
    where u.row_hash is not null and u.id = any (array(
      select f.user_id
      from before_change o join after_change n using (id) cross join lateral (
        select f.user_id from manager_facts f
        where f.tenant_id = o.tenant_id and f.manager_by = 'id' and f.manager_key = o.external_id offset 0) f
      where o.external_id is distinct from n.external_id))$sql$;
  end if;
  if exists (
    select from (select distinct tenant_id from before_change) t cross join lateral (
      select from manager_facts f where f.tenant_id = t.tenant_id and f.manager_by = 'name' order by f.manager_key limit 1) f) then
    execute $sql$
    update users u set row_hash = null
    where u.row_hash is not null and u.id = any (array(
      select f.user_id
      from before_change o join after_change n using (id) cross join lateral (
        select f.user_id from manager_facts f
        where f.tenant_id = o.tenant_id and f.manager_by = 'name' and f.manager_key in (o.name_key, n.name_key) offset 0) f
      where (o.name_key, o.active) <> (n.name_key, n.active)))$sql$;
  end if;
  return null;
end $$;
`;

/** Indexes that cost less to keep while people change, and triggers that do nothing where nothing is to be done. */
export const narrowIndexes: Migration = { name: '0007-narrow-indexes', up: indexes + impliedEntries + droppedHashes };
