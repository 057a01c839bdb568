import type { Migration } from '../migration.ts';

/**
 * People by their names are only looked for in tenants whose rows name managers so. An index by names had every change of a name
 * written into all indexes of people, of which no other holds a value that files change from day to day.
 */
const columns = `
-- The same as name_key where rows of the tenant name managers by name, else none.
alter table users add column sought_name text;
drop index users_by_name;
-- Room for the next version of somebody on the same page, without which all indexes would have to tell where it is.
alter table users set (fillfactor = 95);
`;

/** Who is here already. Nothing of what hashes were compared with changes by it. */
const present = `
alter table users disable trigger users_touched;
update users set sought_name = name_key where tenant_id in (select tenant_id from manager_facts where manager_by = 'name');
alter table users enable trigger users_touched;
create index users_by_sought_name on users (tenant_id, sought_name) where sought_name is not null;
`;

const view = `
create or replace view group_managers as
select f.tenant_id, f.group_id, m.id as user_id
from manager_facts f
join users m on m.source_id = f.source_id and m.external_id = f.manager_ref and m.active
left join users s on s.id = f.user_id
where f.manager_by = 'id' and (f.user_id is null or s.active)
union
select f.tenant_id, f.group_id, m.id
from manager_facts f
join users m on m.tenant_id = f.tenant_id and m.sought_name = f.manager_key and m.active
left join users s on s.id = f.user_id
where f.manager_by = 'name' and (f.user_id is null or s.active) and not exists (
  select from users o
  where o.tenant_id = f.tenant_id and o.sought_name = f.manager_key and o.active and o.id <> m.id);
`;

/** Who is renamed is found by the new name. Who comes by other ways than a file is told so; whoever applies a file does it for all. */
const triggers = `
create function keep_sought_name() returns trigger language plpgsql as $$
begin
  new.sought_name := new.name_key;
  return new;
end $$;

create trigger users_sought before update of name_key on users for each row
  when (old.sought_name is not null) execute function keep_sought_name();

create function note_new_name() returns trigger language plpgsql as $$
begin
  update users u set row_hash = null from manager_facts f
  where f.tenant_id = new.tenant_id and f.manager_by = 'name' and f.manager_key = new.name_key
    and u.id = f.user_id and u.row_hash is not null;
  if exists (
    select from manager_facts f where f.tenant_id = new.tenant_id and f.manager_by = 'name' order by f.manager_key limit 1) then
    update users u set sought_name = u.name_key where u.id = new.id;
  end if;
  return null;
end $$;

drop trigger users_come on users;
create trigger users_come after insert on users for each row
  when (coalesce(current_setting('rosterport.keeps_row_hashes', true), '') <> 'on') execute function note_new_name();
`;

/** Names by which people are found, where they are. */
export const soughtNames: Migration = { name: '0009-sought-names', up: columns + present + view + triggers };
