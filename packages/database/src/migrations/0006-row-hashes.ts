import type { Migration } from '../migration.ts';

const columns = `
-- A hash of the record of which the person's values and links came, kept while nothing else has touched them: the same record
-- again changes nothing and raises no finding. None when that is not known.
alter table users add column row_hash bytea check (octet_length(row_hash) = 16);
-- Somebody who is inactive holds no claim, by which the active are found.
create index users_inactive_by_email on users (tenant_id, email_key) where not active and email_key is not null;
create index manager_facts_by_name on manager_facts (tenant_id, manager_key) where manager_by = 'name';
`;

/**
 * Whatever changes what a record was compared with drops the hash, so that no writer needs to remember it. Only who applies a
 * file keeps hashes, and says so by a setting of the transaction, since a trigger for each of a million new links would cost seconds.
 *
 * Statements over what changed are planned each time: a plan that was made for nobody took minutes for twenty thousand people.
 */
const functions = `
create function drop_own_row_hash() returns trigger language plpgsql as $$
begin
  new.row_hash := null;
  return new;
end $$;

create function drop_row_hash_of_member() returns trigger language plpgsql as $$
begin
  update users set row_hash = null where id in (new.user_id, old.user_id) and row_hash is not null;
  return null;
end $$;

-- Rows that name a manager by name are right as long as the same people bear the name; by id, while somebody bears the id.
-- Each that moved is looked up by itself: mostly nobody is named so, and all facts would be read to find that out.
create function drop_row_hashes_of_namers() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    execute $sql$
    update users u set row_hash = null
    where u.row_hash is not null and u.id = any (array(
      select f.user_id
      from before_change o join after_change n using (id) cross join lateral (
        select f.user_id from manager_facts f
        where f.tenant_id = o.tenant_id and f.manager_by = 'name' and f.manager_key in (o.name_key, n.name_key) offset 0) f
      where (o.name_key, o.active) <> (n.name_key, n.active)
      union all
      select f.user_id
      from before_change o join after_change n using (id) cross join lateral (
        select f.user_id from manager_facts f
        where f.tenant_id = o.tenant_id and f.manager_by = 'id' and f.manager_key = o.external_id offset 0) f
      where o.external_id is distinct from n.external_id))$sql$;
  elsif tg_op = 'DELETE' then
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
  else
    update users u set row_hash = null from manager_facts f
    where f.tenant_id = new.tenant_id and f.manager_by = 'name' and f.manager_key = new.name_key
      and u.id = f.user_id and u.row_hash is not null;
  end if;
  return null;
end $$;

-- Which group a row means can change with every group that bears the same name, and with the names and ids of its own.
create function drop_row_hashes_of_members() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    execute $sql$
    update users u set row_hash = null
    from before_change o join after_change n using (id)
    join groups g on g.tenant_id = o.tenant_id and (g.id = o.id or g.name_key in (o.name_key, n.name_key))
    join memberships m on m.group_id = g.id
    where (o.name_key, o.external_id, o.source_id) is distinct from (n.name_key, n.external_id, n.source_id)
      and u.id = m.user_id and u.row_hash is not null$sql$;
  else
    execute $sql$
    update users u set row_hash = null
    from after_change n
    join groups g on g.tenant_id = n.tenant_id and g.name_key = n.name_key
    join memberships m on m.group_id = g.id
    where u.id = m.user_id and u.row_hash is not null$sql$;
  end if;
  return null;
end $$;
`;

const notByApply = `coalesce(current_setting('rosterport.keeps_row_hashes', true), '') <> 'on'`;

const triggers = `
-- These functions change people themselves, nothing of them but the hash, which needs no look.
create trigger users_touched before update on users for each row
  when (old.row_hash is not null and new.row_hash is not distinct from old.row_hash and old.* is distinct from new.*)
  execute function drop_own_row_hash();
create trigger users_renamed after update on users
  referencing old table as before_change new table as after_change
  for each statement when (pg_trigger_depth() = 0) execute function drop_row_hashes_of_namers();
create trigger users_gone after delete on users
  referencing old table as before_change
  for each statement execute function drop_row_hashes_of_namers();
create trigger users_come after insert on users for each row
  when (${notByApply}) execute function drop_row_hashes_of_namers();

create trigger memberships_touched after insert or update or delete on memberships for each row
  when (${notByApply}) execute function drop_row_hash_of_member();
create trigger manager_facts_touched after insert or update or delete on manager_facts for each row
  when (${notByApply}) execute function drop_row_hash_of_member();

create trigger groups_come after insert on groups
  referencing new table as after_change
  for each statement execute function drop_row_hashes_of_members();
create trigger groups_renamed after update on groups
  referencing old table as before_change new table as after_change
  for each statement execute function drop_row_hashes_of_members();
`;

/** Hashes of records, by which people of whom a file says nothing new are passed over. */
export const rowHashes: Migration = { name: '0006-row-hashes', up: columns + functions + triggers };
