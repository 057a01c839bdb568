import type { Database } from '@rosterport/database';
import type { RecordChange } from '@rosterport/domain';
import { entriesIn, type ChangeKey, type Section } from './change-keys.ts';
import { groupNames, personNames, sourceNames } from './change-names.ts';
import type { ChangeQuery } from './change-query.ts';
import { recordChange, type ChangeEntry, type ChangeNames } from './record-change.ts';

type OwnerPart = readonly [owner: string, condition: string];

/** The entries that belong to the records of a kind: how the record's id is found in them. */
const ownerParts: Readonly<Record<Section['kind'], (member: string) => readonly OwnerPart[]>> = {
  user: (member) => [['t.record_id', `t.kind in ('user', 'membership')`], [member, `t.kind = 'managerFact'`]],
  group: (member) => [['t.record_id', `t.kind = 'group'`], ['t.record_id', `t.kind = 'managerFact' and ${member} is null`]],
  attribute: () => [['t.id', `t.kind = 'attributeDefinition'`]],
};

/** The changes of the records of one section at these places, in their order. */
export async function changedRecords(
  database: Database,
  query: ChangeQuery,
  keys: readonly ChangeKey[],
): Promise<readonly RecordChange[]> {
  const [first] = keys;
  if (first === undefined) return [];
  const { section } = first;
  const ids = keys.map((key) => (section.kind === 'attribute' ? key.entry : key.record));
  const entries = await entriesOf(database, query, { section, ids });
  const names = await namesIn(database, query, { section, ids, entries: [...entries.values()].flat() });
  return ids.flatMap((id) => {
    const own = entries.get(id);
    return own === undefined ? [] : [recordChange({ section, id, entries: own, names })];
  });
}

interface Wanted {
  readonly section: Section;
  readonly ids: readonly string[];
}

/** The entries by the record that they belong to, in the order in which they were written. */
async function entriesOf(database: Database, query: ChangeQuery, { section, ids }: Wanted): Promise<ReadonlyMap<string, readonly ChangeEntry[]>> {
  const { whole, member, where } = entriesIn(section, query);
  const columns = `t.id, t.kind, t.record_id::text as record, t.sheet, t.row_no as row, t.before, t.after,
    ${whole === 'whole_journal t' ? 'null::jsonb as label, null::text as kept' : 't.label, t.kept'}`;
  // The span is what an index is walked along: looking for each of a thousand ids, before a large job's statistics are
  // known, is planned as reading the whole job (300 ms a page instead of 3 ms). That of people has their ids in steps of 1,024.
  const inSpan = (id: string): string => `${id} >= $3::bigint and ${id} <= $4::bigint
    ${id === 't.record_id' ? `and ${id} >> 10 between $3::bigint >> 10 and $4::bigint >> 10` : ''}`;
  const parts = ownerParts[section.kind](member).map(
    ([owner, condition]) => `select ${owner} as owner, ${columns} from ${whole}
      where ${where} and ${condition} and ${inSpan(owner)} and ${owner} + 0 = any($2::bigint[])`,
  );
  const numbers = ids.map(Number);
  const { rows } = await database.pool.query<ChangeEntry & { readonly owner: string }>(
    `select owner::text, kind, record, sheet, row, before, after, label, kept from (${parts.join(' union all ')}) e order by e.id`,
    [query.jobId, ids, Math.min(...numbers), Math.max(...numbers)],
  );
  const entries = new Map<string, ChangeEntry[]>();
  for (const row of rows) {
    const own = entries.get(row.owner);
    if (own === undefined) entries.set(row.owner, [row]);
    else own.push(row);
  }
  return entries;
}

/** The names of everything that the entries refer to by an id of ours. */
async function namesIn(
  database: Database,
  query: ChangeQuery,
  { section, ids, entries }: Wanted & { readonly entries: readonly ChangeEntry[] },
): Promise<ChangeNames> {
  const values = entries.flatMap(({ before, after }) => [before ?? {}, after ?? {}]);
  const links = entries.filter(({ kind }) => kind === 'managerFact').map(({ record }) => record);
  const groups = values.flatMap(({ groupId, parentId }) => [groupId, parentId]).filter((id) => typeof id === 'number').map(String);
  const sources = values.map(({ sourceId }) => sourceId).filter((id) => typeof id === 'string');
  return {
    groups: await groupNames(database, query, [...groups, ...links, ...(section.kind === 'group' ? ids : [])]),
    people: section.kind === 'user' ? await personNames(database, query, ids) : new Map(),
    sources: await sourceNames(database, query.tenantId, sources),
  };
}
