/**
 * The tables that one revert works on. They live in its transaction and vanish with it.
 *
 * `revert_entries` is the journal of the job that is undone; the others hold what is to become of each record, value and
 * link, and with `kept` why it stays as it is.
 */
export const revertTables = `
create temp table revert_entries (id bigint, kind text, record_id bigint, before jsonb, after jsonb) on commit drop;

-- What later changes that still count have touched: values by their unit, memberships by their group, facts by their text.
create temp table revert_since (kind text, record_id bigint, unit text) on commit drop;

create temp table revert_records (
  kind text,
  record_id bigint,
  -- restore values; remove what the job made; make again what it removed
  action text,
  -- All values as they are; none where the record is gone.
  now jsonb,
  -- What the revert starts from: the values as they are, or those of the record that is made again.
  base jsonb,
  -- All values after the revert.
  later jsonb,
  kept text,
  primary key (kind, record_id)
) on commit drop;

-- Values that would go back. For a record that is made again: those that it must do without.
create temp table revert_values (
  kind text,
  record_id bigint,
  -- Attributes are named attributes.<name>.
  field text,
  -- Values of one unit go back together or not at all.
  unit text,
  was jsonb,
  now jsonb,
  kept text
) on commit drop;
create index on revert_values (record_id, unit);

create temp table revert_links (
  kind text,
  -- The member; 0 for a fact of the group's own row.
  user_id bigint,
  group_id bigint,
  -- The fact that goes.
  fact_id bigint,
  manager_by text,
  manager_ref text,
  comes boolean,
  kept text
) on commit drop;
create index on revert_links (user_id, group_id);
create index on revert_links (fact_id);

-- The forms in which e-mails and names are compared.
create temp table revert_keys (n bigint generated always as identity, kind text, text text, key text) on commit drop;
-- Not a tree, which could not hold a long name.
create index on revert_keys using hash (text);
`;
