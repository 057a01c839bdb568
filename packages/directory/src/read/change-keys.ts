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
const factMember = `(coalesce(t.after, t.before) ->> 'userId')::bigint`;

/** Where the entries of a section lie, in SQL. */
interface EntriesIn {
  /** A table with the entries that are written, as `t`. */
  readonly table: string;
  /** The same with the entries that records imply, and the expression of the member of a fact about managers in it. */
  readonly whole: string;
  readonly member: string;
  /** The condition under which an entry belongs to the section. */
  readonly where: string;
}

/** SQL of where the entries of a section lie. The job is `$1`. */
export function entriesIn({ part }: Section, { source }: ChangeQuery): EntriesIn {
  if (part === 'changed' && source === 'journal') {
    return { table: 'journal t', whole: 'whole_journal t', member: 't.member_id', where: 't.job_id = $1' };
  }
  const planned = { table: 'planned_changes t', whole: 'planned_changes t', member: factMember };
  return { ...planned, where: part === 'kept' ? 't.job_id = $1 and t.kept is not null' : 't.job_id = $1 and t.kept is null' };
}

/** SQL of the people whom the job made and of whom that is all the journal has to tell. */
const impliedPeople = 'select m.id from users m where m.made_by = $1 and m.made_entry is not null';

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
  const implied = section.kind === 'user' && table === 'journal t' ? impliedPeople : null;
  const streams: string[] = [];
  const add = (id: string, condition: string): void => {
    streams.push(`(select distinct ${id} as id from ${table} where ${where} and ${condition} and ${id} > $2::bigint order by 1 limit $4)`);
  };
  const links = (id: string, condition: string): void => {
    // A link of a person who is created or deactivated is part of that.
    const otherwise = `exists (select from ${table.replace(' t', ' o')} where ${where.replaceAll('t.', 'o.')}
      and o.kind = '${own}' and o.record_id = ${id} and ${actionOf.replaceAll('t.', 'o.')} <> 'updated')
      ${implied === null ? '' : `or exists (${implied} and m.id = ${id})`}`;
    if (query.action === undefined || section.part === 'kept') add(id, condition);
    else if (query.action === 'updated') add(id, `${condition} and not (${otherwise})`);
  };
  add('t.record_id', `t.kind = '${own}' and ($5::text is null or ${actionOf} = $5)`);
  // Their links are implied by the same people.
  if (implied !== null && (query.action ?? 'created') === 'created') {
    // An index holds their ids in steps of 1,024.
    streams.push(`(${implied} and m.id >> 10 >= $2::bigint >> 10 and m.id > $2::bigint order by m.id >> 10, m.id limit $4)`);
  }
  if (section.kind === 'user') {
    links('t.record_id', `t.kind = 'membership'`);
    links(factMember, `t.kind = 'managerFact'`);
  } else {
    links('t.record_id', `t.kind = 'managerFact' and ${factMember} is null`);
  }
  return `select id::text as record, $3::text as entry from (${streams.join(' union ')}) found order by found.id limit $4`;
}
