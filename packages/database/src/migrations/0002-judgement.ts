import type { Migration } from '../migration.ts';

const accessTables = `
-- A disabled feed takes no files, and its people may be edited by hand.
alter table feeds add column enabled boolean not null default true;
-- After a feed was enabled again its next file finds people by e-mail first, by external id afterwards.
alter table feeds add column matches_by_email boolean not null default false;
-- What absence means in the files of the credential; none leaves it to the feed.
alter table credentials add column mode text check (mode in ('delta', 'full'));
`;

const jobTables = `
alter table jobs add column kind text not null default 'file' check (kind in ('file', 'revert'));
-- The job that a revert undoes.
alter table jobs add column reverts uuid references jobs;
alter table jobs add check ((kind = 'revert') = (reverts is not null));
-- The folder through which the file came, where its channel has several.
alter table jobs add column folder text;
-- When the sender says that the file was last changed.
alter table jobs add column file_modified_at timestamptz;
-- Identifies the plan of a held job or a dry run; an approval names it.
alter table jobs add column fingerprint text;
-- {fingerprint, override, credentialId, at}: a person's decision that a processor is to carry out.
alter table jobs add column approval json;
alter table jobs add column guard_issues json not null default '[]';
-- Data rows of users in the file, for the comparison with the next full file.
alter table jobs add column user_rows int;
-- What retention has taken: the sealed file, the row results, and the journal as far as a revert needs it.
alter table jobs add column file_removed_at timestamptz;
alter table jobs add column rows_removed_at timestamptz;
alter table jobs add column journal_removed_at timestamptz;
-- One revert of a job under way; afterwards reverted_by tells, until the revert is reverted itself.
create unique index jobs_one_revert on jobs (reverts) where kind = 'revert' and state in ('staged', 'waiting', 'processing', 'held');
create index jobs_by_source on jobs (source_id, finished_at) where state = 'applied';
create index jobs_by_feed on jobs (feed_id, sealed_at) where kind = 'file' and not dry_run;
create index jobs_with_file on jobs (finished_at) where file_removed_at is null;
create index jobs_with_rows on jobs (finished_at) where rows_removed_at is null;
create index jobs_with_journal on jobs (finished_at) where journal_removed_at is null;

-- What retention has begun to take and not yet taken whole.
create table removals (
  job_id uuid not null references jobs,
  what text not null check (what in ('rows', 'journal')),
  primary key (job_id, what)
);

-- What a held job or a dry run would change, and what a revert could not take back; in the form of the journal.
create table planned_changes (
  id bigint generated always as identity primary key,
  job_id uuid not null,
  sheet text,
  row_no int,
  kind text not null check (kind in ('user', 'group', 'membership', 'managerFact', 'attributeDefinition')),
  record_id bigint not null,
  before jsonb,
  after jsonb,
  -- Names that the record has or would get, since it need not be in the directory: {externalId, name}.
  label jsonb,
  -- Why a revert left it as it is.
  kept text check (kept in ('changedSince', 'referenced', 'valueTaken'))
);
create index planned_changes_by_job on planned_changes (job_id, kind, record_id, id);
-- A fact about managers is written under its group, and shown with the member whose row states it.
create index planned_changes_by_member on planned_changes (job_id, ((coalesce(after, before) ->> 'userId')::bigint), record_id)
  where kind = 'managerFact';
`;

const directoryTables = `
alter table users add column administrator boolean not null default false;
-- People may exchange ids within one statement.
alter table users drop constraint users_source_id_external_id_key;
alter table users add constraint users_one_of_source unique (source_id, external_id) deferrable initially immediate;
-- People made by hand are first found by their e-mail.
create index users_by_hand on users (tenant_id, email_key) where source_id is null and email_key is not null;

alter table attribute_definitions add column type text not null default 'text' check (type in ('text', 'number', 'date', 'list'));
alter table attribute_definitions add column options text[] not null default '{}';
alter table attribute_definitions add column required boolean not null default false;

-- None for a change that was made by hand; that has a credential instead, or neither when an operator made it at the host.
alter table journal alter column job_id drop not null;
alter table journal add column credential_id uuid;
alter table journal add column at timestamptz not null default now();
drop index journal_by_job;
create index journal_by_job on journal (job_id, kind, record_id, id);
create index journal_by_time on journal using brin (at);
create index journal_by_member on journal (job_id, ((coalesce(after, before) ->> 'userId')::bigint), record_id)
  where kind = 'managerFact';
-- Changes made by hand have no job that retention could go by.
create index journal_by_hand on journal (kind, record_id) where job_id is null;
`;

const eventTables = `
create table events (
  id bigint generated always as identity primary key,
  tenant_id uuid not null,
  at timestamptz not null default now(),
  kind text not null,
  feed_id uuid,
  job_id uuid,
  credential_id uuid,
  -- Never a value of a person.
  details jsonb not null default '{}'
);
create index events_by_tenant on events (tenant_id, id);
create index events_by_job on events (job_id, id) where job_id is not null;
create index events_by_time on events (at);

-- What enabled feeds expect, and since when that has been known: nothing is missed that was due before.
create table expectations (
  feed_id uuid primary key references feeds on delete cascade,
  expected jsonb not null,
  since timestamptz not null
);

-- The feeds whose expected file is missing, from the alert until its end.
create table missing_files (
  feed_id uuid primary key references feeds on delete cascade,
  -- The moment at which the file was expected.
  due_at timestamptz not null,
  raised_at timestamptz not null
);
`;

/** Modes, guards, approval, dry runs, reverts, hand edits, typed attributes, events and what retention has taken. */
export const judgement: Migration = { name: '0002-judgement', up: accessTables + jobTables + directoryTables + eventTables };
