import type { Migration } from '../migration.ts';

/** What a link implied, told by the entry of its end: writing it down besides took as long as removing the link. */
const columns = `
-- Of an entry about a link that goes, which a job had made as the link alone told: the id of the entry which says so, as if it
-- were there, with the job, row and moment. What was made is what stands in "before".
alter table journal add column made_entry bigint, add column made_by uuid, add column made_sheet text, add column made_row int,
  add column made_at timestamptz;
create index journal_made_memberships on journal (made_by, record_id) where made_entry is not null and kind = 'membership';
create index journal_made_facts on journal (made_by, ((before ->> 'userId')::bigint)) where made_entry is not null and kind = 'managerFact';
`;

const view = `
create or replace view whole_journal as
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
from manager_facts f join users u on u.id = f.user_id where f.made_entry is not null
union all
select made_entry, tenant_id, made_by, null::uuid, made_at, made_sheet, made_row, kind, record_id, null::bigint, null::jsonb, before
from journal where made_entry is not null and kind = 'membership'
union all
select made_entry, tenant_id, made_by, null::uuid, made_at, made_sheet, made_row, kind, record_id,
  (before ->> 'userId')::bigint, null::jsonb, before
from journal where made_entry is not null and kind = 'managerFact';
`;

/** Who removes links and has its own entries carry what they implied says so by a setting of the transaction. */
const notCarried = `coalesce(current_setting('rosterport.carries_entries', true), '') <> 'on'`;

const triggers = `
drop trigger memberships_made_gone on memberships;
create trigger memberships_made_gone after delete on memberships
  referencing old table as before_change
  for each statement when (${notCarried}) execute function write_memberships_made();
drop trigger manager_facts_made_gone on manager_facts;
create trigger manager_facts_made_gone after delete on manager_facts
  referencing old table as before_change
  for each statement when (${notCarried}) execute function write_manager_facts_made();
`;

/** Entries about links that go, which also tell how the links came. */
export const carriedEntries: Migration = { name: '0010-carried-entries', up: columns + view + triggers };
