/** The name of a value in the journal, and the SQL of it before and after. */
type Pair = readonly [name: string, before: string, after: string];

/**
 * SQL of an object with those of the pairs whose old and new values differ; `side` picks which of the two. Each is an object of
 * its own, since mostly few differ. The largest should come last: what stands before it is copied with each that follows.
 */
function differing(pairs: readonly Pair[], side: 'before' | 'after'): string {
  const each = pairs.map(
    ([name, before, after]) => `case when ${before} is not distinct from ${after} then '{}'
      else jsonb_build_object('${name}', ${side === 'before' ? before : after}) end`,
  );
  return `nullif(${each.join(' || ')}, '{}')`;
}

/**
 * SQL of an object with all new values that there are. The others are taken out again, since an aggregate over nested objects
 * takes four seconds for a person of 16,000 attributes.
 */
function present(pairs: readonly Pair[]): string {
  const all = pairs.map(([name, , after]) => `'${name}', ${after}`).join(', ');
  return `jsonb_build_object(${all}) - array[${pairs.map(([name, , after]) => `case when ${after} is null then '${name}' end`).join(', ')}]`;
}

/** SQL of what an entry about a record says. A new one, which has no values before, is told with all that it gets. */
function recorded(pairs: readonly Pair[]): Pick<Entries, 'before' | 'after'> {
  return {
    before: `case when not p.is_new then ${differing(pairs, 'before')} end`,
    after: `case when p.is_new then ${present(pairs)} else ${differing(pairs, 'after')} end`,
  };
}

/** The source stands in `$1`. */
const source = '$1::uuid';

const userPairs = [
  ['sourceId', 'u.source_id', source],
  ['externalId', 'u.external_id', 'p.external_id'],
  ['firstName', 'u.first_name', 'p.first_name'],
  ['lastName', 'u.last_name', 'p.last_name'],
  ['email', 'u.email', 'p.email'],
  ['phone', 'u.phone', 'p.phone'],
  ['isManager', 'u.is_manager', 'p.is_manager'],
  ['active', 'u.active', 'p.active'],
  ['inactiveCause', 'u.inactive_cause', 'p.inactive_cause'],
  ['language', 'u.language', 'p.language'],
  ['attributes', 'u.attributes', 'p.attributes'],
] as const;

const groupPairs = [
  ['sourceId', 'g.source_id', source],
  ['externalId', 'g.external_id', 'p.external_id'],
  ['name', 'g.name', 'p.name'],
  ['description', 'g.description', 'p.description'],
  ['parentId', 'g.parent_id', 'p.parent_id'],
] as const;

/** What is the same each time a plan is made, though new records get other ids: the key of a person or group. */
const userKey = (p: string): string => `case when ${p}.is_new then 'new ' || ${p}.external_id else ${p}.user_id::text end`;
const groupKey = (p: string, id: string): string =>
  `case when ${p}.is_new then 'new ' || coalesce('id ' || ${p}.external_id, 'name ' || ${p}.name_key) else ${id}::text end`;

/** SQL by which entries `e` are kept in one order each time: that of the file, and of one row what comes before what goes. */
export const entryOrder = 'e.ordinal, e.record_id, e.after is null, coalesce(e.after, e.before)';

const groupId = `jsonb_build_object('groupId', m.group_id)`;
const fact = `jsonb_build_object('userId', nullif(f.user_id, 0), 'by', f.manager_by, 'ref', f.manager_ref)`;

/** One kind of change: the query of its columns and of what they are taken from. */
interface Entries {
  readonly kind: 'user' | 'group' | 'membership' | 'managerFact';
  readonly record: string;
  readonly ordinal: string;
  readonly before: string;
  readonly after: string;
  /** The record's names, as {externalId, name}. */
  readonly label: string;
  /** Text that is equal exactly when the change is the same. */
  readonly key: string;
  readonly from: string;
  readonly where: string;
  /** Joins that label and key need besides. */
  readonly named: string;
  /** Condition on the changes whose entries are not written, since what they make implies them until it changes. */
  readonly implied: string;
  /** Of links: the entry that one which goes implied, and the member whose row made it. */
  readonly carried?: { readonly entry: string; readonly member: string };
}

/** People and groups: before and after of the values that change. A new record has no before. */
const records: readonly Entries[] = [
  {
    kind: 'user',
    record: 'p.user_id',
    ordinal: 'p.ordinal',
    ...recorded(userPairs),
    label: `jsonb_build_object('externalId', p.external_id, 'name', p.first_name || ' ' || p.last_name)`,
    key: userKey('p'),
    from: 'plan_users p left join users u on u.id = p.user_id',
    where: 'not p.refused and not p.skipped and p.changed',
    named: '',
    implied: 'p.is_new',
  },
  {
    kind: 'group',
    record: 'p.group_id',
    ordinal: 'p.ordinal',
    ...recorded(groupPairs),
    label: `jsonb_build_object('externalId', p.external_id, 'name', p.name)`,
    key: `${groupKey('p', 'p.group_id')} || ' below ' || coalesce(${groupKey('above', 'p.parent_id')}, '')`,
    from: 'plan_groups p left join groups g on g.id = p.group_id',
    where: 'not p.refused and (p.is_new or p.changed)',
    named: 'left join plan_groups above on above.group_id = p.parent_id',
    implied: 'false',
  },
];

/** Links. A membership is recorded under its person, a fact under its group. */
const links: readonly Entries[] = [
  {
    kind: 'membership',
    record: 'm.user_id',
    ordinal: 'p.ordinal',
    before: `case when m.added then null else ${groupId} end`,
    after: `case when m.added then ${groupId} end`,
    label: `jsonb_build_object('externalId', p.external_id, 'name', p.first_name || ' ' || p.last_name)`,
    key: `${userKey('p')} || ' in ' || ${groupKey('pg', 'm.group_id')} || m.added`,
    from: 'plan_memberships m join plan_users p using (user_id)',
    where: 'true',
    named: 'left join plan_groups pg on pg.group_id = m.group_id',
    implied: 'm.made',
    carried: { entry: 'm.made_entry', member: 'm.user_id' },
  },
  {
    kind: 'managerFact',
    record: 'f.group_id',
    ordinal: 'f.ordinal',
    before: `case when f.fact_id is not null then ${fact} end`,
    after: `case when f.fact_id is null then ${fact} end`,
    label: `jsonb_build_object('externalId', coalesce(pg.external_id, g.external_id), 'name', coalesce(pg.name, g.name))`,
    key: `${groupKey('pg', 'f.group_id')} || ' by ' || coalesce(${userKey('pu')}, f.user_id::text) || f.manager_by || ' ' || f.manager_key`,
    from: 'plan_facts f',
    where: 'true',
    named: `left join plan_groups pg on pg.group_id = f.group_id left join groups g on g.id = f.group_id
      left join plan_users pu on pu.user_id = f.user_id`,
    implied: 'f.made',
    carried: { entry: 'f.made_entry', member: 'f.user_id' },
  },
];

/** Every kind of change, in the order in which it is written. */
export const changeEntries: readonly Entries[] = [...records, ...links];

/**
 * SQL of the changes of one kind that are written into the journal: kind, record_id, ordinal, before, after, and for links the
 * made_entry that they carry, with the made_member. The source is `$1`.
 */
export function entriesOf(entries: Entries): string {
  const { kind, record, ordinal, before, after, from, where, implied, carried } = entries;
  const made = carried === undefined ? '' : `, ${carried.entry} as made_entry, ${carried.member} as made_member`;
  return `select '${kind}' as kind, ${record} as record_id, ${ordinal} as ordinal, ${before} as before, ${after} as after${made}
    from ${from} where ${where} and not (${implied})`;
}

/** The same of all changes, with label and key. */
export function namedEntriesOf(entries: Entries): string {
  const { kind, record, ordinal, before, after, label, key, from, where, named } = entries;
  return `select '${kind}' as kind, ${record} as record_id, ${ordinal} as ordinal, ${before} as before, ${after} as after,
      ${label} as label, ${key} as key
    from ${from} ${named} where ${where}`;
}

/** SQL of where the rows of the file stand: ordinal, sheet, row_no. */
export const rowPlaces = `
  select ordinal, sheet, row_no from in_users union all select ordinal, sheet, row_no from in_groups`;
