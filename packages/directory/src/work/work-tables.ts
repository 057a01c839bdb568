import { peopleIndexes } from './people-indexes.ts';

/**
 * The tables that one job works on. They stay with the connection and are emptied for its next job (`openWork`).
 *
 * `in_*` hold the file's rows as the rules left them, `plan_*` what the job would do, `findings` what the set rules found
 * and `row_verdicts` the result of each data row; the last is what the ledger of jobs copies.
 */
export const workTables = `
create temp table in_columns (
  sheet text,
  -- The field, or the attribute's name with 'attribute:' before it; with 'doubt:' before that where nobody knows its column.
  field text,
  name text
);

-- In both wide tables whatever has one width and is asked of every row stands first: to get at a value the server goes through
-- all that stand before it.
create temp table in_users (
  ordinal int,
  row_no int,
  -- False where the rules refused the row; none where a faulty header row leaves open whom it is about.
  valid boolean,
  external_id text,
  email_key text,
  phone text,
  active boolean,
  is_manager boolean,
  manager_by text,
  manager_ref text,
  manager_key text,
  -- [[by, value, key, name key], …]; none when the row has no group cell.
  groups jsonb,
  -- The fields that the row empties.
  clears text[],
  issues jsonb,
  name_key text,
  first_name text,
  last_name text,
  email text,
  language text,
  attributes jsonb,
  -- The hash of the record, where its outcome depends on nothing that is not watched.
  row_hash bytea,
  sheet text
);

-- People with a known record that the file does not hold; all others with one stand in it as they were, and in no other table.
create temp table in_missed (user_id bigint primary key);

create temp table in_groups (
  ordinal int,
  sheet text,
  row_no int,
  external_id text,
  valid boolean,
  name text,
  name_key text,
  description text,
  responsible text,
  parent text,
  clears text[],
  issues jsonb
);

-- The rows that will not apply, whether their own rules or the set rules refuse them.
create temp table in_refused (kind text, ordinal int);

-- Ids that stand in several rows; the rows of one person or group apply together or not at all.
create temp table in_repeated (kind text, external_id text, refused boolean, primary key (kind, external_id));
-- As a rule none is refused, and then nobody should look through all others for them, once a row.
create index on in_repeated (kind, external_id) where refused;

create temp table findings (
  ordinal int,
  code text,
  severity text,
  field text,
  found text,
  expected text
);
-- Asked for once a row while nobody has counted how many there are.
create index on findings (ordinal);

create temp table plan_groups (
  external_id text,
  group_id bigint primary key,
  -- The first row that names it; none for a group that is made by reference.
  ordinal int,
  is_new boolean,
  name text,
  name_key text,
  description text,
  parent text,
  parent_id bigint,
  refused boolean not null default false,
  -- Made because a row names it.
  made boolean not null default false,
  changed boolean not null default false
);

-- The groups of the tenant after the file, while circles are looked for.
create temp table plan_climb (
  id bigint primary key,
  parent_id bigint,
  ancestor_id bigint,
  label text,
  in_file boolean
);

-- E-mails of people of the file whose external id is unknown.
create temp table plan_unknown (external_id text, email_key text);

-- People of the file who are found in the directory by their e-mail, and not by their external id.
create temp table plan_adopted (
  external_id text primary key,
  user_id bigint unique,
  -- Made by hand (or of a feed that was enabled again), or of this source under an id that has vanished.
  how text check (how in ('email', 'rename'))
);

create temp table plan_users (
  user_id bigint,
  -- The first row that names the person; none for somebody who is absent from a full file.
  ordinal int,
  is_new boolean,
  refused boolean not null default false,
  skipped boolean not null default false,
  changed boolean not null default false,
  active boolean,
  was_active boolean,
  -- Takes or changes a claim on the e-mail or the phone.
  claims_email boolean,
  claims_phone boolean,
  email_given boolean,
  phone_given boolean,
  is_manager boolean,
  external_id text,
  email_key text,
  phone text,
  name_key text,
  groups jsonb,
  -- The person stands in several rows or is given several groups. Of all others it stands here what the row says of a manager.
  several boolean not null default false,
  manager_cleared boolean,
  manager_by text,
  manager_ref text,
  manager_key text,
  -- How the person was found: by external id, by e-mail, as a rename, or as absent; none for somebody new.
  how text,
  row_no int,
  sheet text,
  first_name text,
  last_name text,
  email text,
  inactive_cause text,
  language text,
  attributes jsonb,
  row_hash bytea
);
${peopleIndexes};
-- Whom few are as a rule, or in a first file, is asked more than once.
create index on plan_users (user_id) where refused;
create index on plan_users (user_id) where several;
create index on plan_users (user_id) where not is_new;

-- Every way in which rows name groups, and the group that is meant.
create temp table plan_references (
  by text,
  key text,
  value text,
  name_key text,
  group_id bigint,
  -- known, unknown (wanted once its group is to be made), refused, ambiguous, made or left
  state text,
  primary key (by, key)
);

-- The groups that each row gives to its person, and who manages them according to that row.
create temp table plan_given (
  user_id bigint,
  group_id bigint,
  ordinal int,
  is_new boolean,
  -- True in the row that makes the person.
  made boolean,
  -- All that is said about somebody new: nothing else can say the same, or have said it before.
  alone boolean,
  manager_by text,
  manager_ref text,
  manager_key text,
  manager_cleared boolean
);

-- Memberships that come and go, besides those that plan_given tells alone; with "made" for those that come with somebody new.
-- Of one that goes, made_entry is the id of the journal's entry that it implies, if any.
create temp table plan_more_memberships (user_id bigint, group_id bigint, added boolean, made boolean, made_entry bigint);
create temp view plan_memberships as
select user_id, group_id, true as added, true as made, null::bigint as made_entry from plan_given where alone
union all
select user_id, group_id, added, made, made_entry from plan_more_memberships;

-- What the file says about who manages what, but for what plan_given tells alone, and the places (a group, and the member who says so; 0 is the group itself) of
-- which it says anything, also that nobody does. Somebody new has said nothing before, and has no places.
create temp table plan_stated (
  group_id bigint,
  user_id bigint,
  ordinal int,
  is_new boolean,
  made boolean,
  manager_by text,
  manager_ref text,
  manager_key text
);
create temp table plan_places (group_id bigint, user_id bigint, ordinal int);

-- Facts that come, and with a fact_id facts that go, besides those that plan_given tells alone. With the id of the entry that it
-- implies, too.
create temp table plan_more_facts (
  group_id bigint,
  -- The member whose row says so; 0 when the group's own row does.
  user_id bigint,
  fact_id bigint,
  made_entry bigint,
  ordinal int,
  -- True of a fact that comes with the row that makes the member.
  made boolean not null default false,
  manager_by text,
  manager_ref text,
  manager_key text
);
create temp view plan_facts as
select group_id, user_id, null::bigint as fact_id, null::bigint as made_entry, ordinal, made, manager_by, manager_ref, manager_key
from plan_given where alone and manager_ref is not null
union all
select group_id, user_id, fact_id, made_entry, ordinal, made, manager_by, manager_ref, manager_key from plan_more_facts;

-- Who may come to manage which group, or cease to, and whether they did before.
create temp table plan_managers (group_id bigint, user_id bigint, was boolean not null default false);

-- Of a revert: the groups concerned, and who managed them before.
create temp table plan_managed_groups (group_id bigint primary key);
create temp table managers_before (group_id bigint, user_id bigint);

-- People and groups whose links change though their own values need not.
create temp table plan_touched (kind text, id bigint, primary key (kind, id));

-- The findings of each row, while verdicts are made of them.
create temp table gathered (ordinal int, issues jsonb);

create temp table row_verdicts (
  ordinal int,
  sheet text,
  row_no int,
  external_id text,
  result text,
  codes text[],
  issues jsonb
);
`;

/** How they are called. */
export const workTableNames: ReadonlySet<string> = new Set(Array.from(workTables.matchAll(/create temp table (\w+)/g), ([, name = '']) => name));
