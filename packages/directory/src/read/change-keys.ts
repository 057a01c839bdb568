import type { Database } from '@rosterport/database';
import type { RecordChange } from '@rosterport/domain';
import type { ChangeQuery } from './change-query.ts';

/** One stretch of the list of changes: a kind of record, and whether it was changed or kept. */
export interface Section {
  readonly kind: RecordChange['kind'];
  readonly part: 'changed' | 'kept';
}

/** The stretches in their order. */
export const sections: readonly Section[] = (['user', 'group', 'attribute'] as const).flatMap(
  (kind) => [{ kind, part: 'changed' }, { kind, part: 'kept' }] as const,
);

/** Where one record stands in the list. */
export interface ChangeKey {
  readonly section: Section;
  /** Id of the record. */
  readonly record: string;
  /** Id of the entry where each entry is a record of its own, as with attributes that are not defined yet; else `0`. */
  readonly entry: string;
}

/** SQL of the member whose row a fact about managers belongs to; none for a fact of the group's own row. */
export const factMember = `(coalesce(t.after, t.before) ->> 'userId')::bigint`;

/** SQL of a table with the entries of a section, as `t`, and the condition under which one belongs to it. */
export function entriesIn({ part }: Section, { source }: ChangeQuery): { readonly table: string; readonly where: string } {
  const table = part === 'changed' && source === 'journal' ? 'journal t' : 'planned_changes t';
  if (part === 'kept') return { table, where: 't.job_id = $1 and t.kept is not null' };
  return { table, where: source === 'journal' ? 't.job_id = $1' : 't.job_id = $1 and t.kept is null' };
}

/** SQL of what becomes of the record that an entry of its own is about. */
const actionOf = `case
  when t.before is null then 'created'
  when t.after is null then 'removed'
  when t.kind = 'user' and t.before ->> 'active' = 'true' and t.after ->> 'active' = 'false' then 'deactivated'
  when t.kind = 'user' and t.before ->> 'active' = 'false' and t.after ->> 'active' = 'true' then 'reactivated'
  else 'updated' end`;

const entryKinds = { user: 'user', group: 'group', attribute: 'attributeDefinition' } as const;

interface Stretch {
  readonly section: Section;
  /** The last record before it; `null` for the beginning. */
  readonly after: ChangeKey | null;
  readonly limit: number;
}

/** The next records of a section, in order. Each part of the query walks along an index and stops at the limit. */
export async function changeKeys(
  database: Database,
  query: ChangeQuery,
  { section, after, limit }: Stretch,
): Promise<readonly ChangeKey[]> {
  const action = section.part === 'kept' ? undefined : query.action;
  const text = section.kind === 'attribute' ? attributeKeys(section, query) : recordKeys(section, query);
  const { rows } = await database.pool.query<{ record: string; entry: string }>(text, [
    query.jobId,
    after?.record ?? '0',
    section.kind === 'attribute' ? (after?.entry ?? '-1') : '0',
    limit,
    action ?? null,
  ]);
  return rows.map((row) => ({ section, ...row }));
}

function attributeKeys(section: Section, query: ChangeQuery): string {
  const { table, where } = entriesIn(section, query);
  return `
    select t.record_id::text as record, t.id::text as entry from ${table}
    where ${where} and t.kind = 'attributeDefinition' and (t.record_id, t.id) > ($2::bigint, $3::bigint)
      and ($5::text is null or ${actionOf} = $5)
    order by t.record_id, t.id limit $4`;
}

/** Records that have an entry of their own, and those of which only links change; the latter count as updated. */
function recordKeys(section: Section, query: ChangeQuery): string {
  const { table, where } = entriesIn(section, query);
  const own = entryKinds[section.kind];
  const streams: string[] = [];
  const add = (id: string, condition: string): void => {
    streams.push(`(select distinct ${id} as id from ${table} where ${where} and ${condition} and ${id} > $2::bigint order by 1 limit $4)`);
  };
  const links = (id: string, condition: string): void => {
    // A link of a person who is created or deactivated is part of that.
    const otherwise = `exists (select from ${table.replace(' t', ' o')} where ${where.replaceAll('t.', 'o.')}
      and o.kind = '${own}' and o.record_id = ${id} and ${actionOf.replaceAll('t.', 'o.')} <> 'updated')`;
    if (query.action === undefined || section.part === 'kept') add(id, condition);
    else if (query.action === 'updated') add(id, `${condition} and not ${otherwise}`);
  };
  add('t.record_id', `t.kind = '${own}' and ($5::text is null or ${actionOf} = $5)`);
  if (section.kind === 'user') {
    links('t.record_id', `t.kind = 'membership'`);
    links(factMember, `t.kind = 'managerFact'`);
  } else {
    links('t.record_id', `t.kind = 'managerFact' and ${factMember} is null`);
  }
  return `select id::text as record, $3::text as entry from (${streams.join(' union ')}) found order by found.id limit $4`;
}
