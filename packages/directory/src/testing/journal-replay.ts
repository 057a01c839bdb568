import type { Database } from '@rosterport/database';
import type { TenantId } from '@rosterport/domain';
import type { Dump } from './dump.ts';

type Values = Readonly<Record<string, unknown>>;

/** One entry of the journal; `source` is that of its job. */
export interface JournalEntry {
  readonly kind: 'user' | 'group' | 'membership' | 'managerFact' | 'attributeDefinition';
  readonly record: string;
  readonly job: string | null;
  readonly source: string | null;
  readonly before: Values | null;
  readonly after: Values | null;
}

/** A directory as the journal tells it: values of records by kind and id, and links as texts. */
export interface Told {
  readonly records: Readonly<Record<string, Values>>;
  readonly links: readonly string[];
}

/** All entries of a tenant, oldest first. */
export async function journalOf(db: Database, tenantId: TenantId): Promise<readonly JournalEntry[]> {
  const { rows } = await db.pool.query<JournalEntry>(
    `select l.kind, l.record_id::text as record, l.job_id as job, j.source_id as source, l.before, l.after
     from whole_journal l left join jobs j on j.id = l.job_id where l.tenant_id = $1 order by l.id`,
    [tenantId],
  );
  return rows;
}

/** Every entry of a tenant with all that it tells, one text each, oldest first: what was told once must stay so. */
export async function toldOf(db: Database, tenantId: TenantId): Promise<readonly string[]> {
  const { rows } = await db.pool.query<{ entry: string }>(
    'select to_jsonb(l)::text as entry from whole_journal l where l.tenant_id = $1 order by l.id',
    [tenantId],
  );
  return rows.map(({ entry }) => entry);
}

/** Replays the journal from empty. Throws when an entry does not fit what the ones before it tell. */
export function replay(entries: readonly JournalEntry[]): Told {
  const records = new Map<string, Values>();
  const links = new Set<string>();
  for (const entry of entries) {
    if (isLink(entry)) replayLink(links, entry);
    else replayRecord(records, entry);
  }
  return { records: Object.fromEntries(records), links: [...links].sort() };
}

type LinkEntry = JournalEntry & { readonly kind: 'membership' | 'managerFact' };

function isLink(entry: JournalEntry): entry is LinkEntry {
  return entry.kind === 'membership' || entry.kind === 'managerFact';
}

function replayRecord(records: Map<string, Values>, { kind, record, before, after }: JournalEntry): void {
  const key = `${kind} ${record}`;
  const known = records.get(key);
  if ((before === null) !== (known === undefined)) throw new Error(`${key} is made twice, or changed before it is made`);
  for (const [name, value] of Object.entries(before ?? {})) {
    if (!isSame(known?.[name] ?? null, value)) throw new Error(`${key} had another ${name} before`);
  }
  if (after === null) records.delete(key);
  else records.set(key, withoutEmpty({ ...known, ...after }));
}

function replayLink(links: Set<string>, { kind, record, source, before, after }: LinkEntry): void {
  const values: Values = after ?? before ?? {};
  const of = kind === 'membership' ? [values['groupId']] : [values['userId'] ?? null, values['by'], values['ref']];
  const key = linkText(kind, Number(record), [...of, values['sourceId'] ?? source]);
  if (links.has(key) !== (after === null)) throw new Error(`${key} comes or goes twice`);
  if (after === null) links.delete(key);
  else links.add(key);
}

function linkText(kind: 'membership' | 'managerFact', record: number, of: readonly unknown[]): string {
  return JSON.stringify([kind, record, ...of]);
}

/** A directory as it is, in the form of a replay. */
export function told({ users, groups, definitions, memberships, facts }: Dump): Told {
  const records = [
    ...users.map((row) => [`user ${row.id}`, valuesOf(row)] as const),
    ...groups.map((row) => [`group ${row.id}`, valuesOf(row)] as const),
    ...definitions.map((row) => [`attributeDefinition ${row.id}`, valuesOf(row)] as const),
  ];
  const links = [
    ...memberships.map((one) => linkText('membership', one.user_id, [one.group_id, one.source_id])),
    ...facts.map((one) => linkText('managerFact', one.group_id, [one.user_id, one.manager_by, one.manager_ref, one.source_id])),
  ];
  return { records: Object.fromEntries(records), links: links.sort() };
}

/** Columns that are no values of their own. */
const derived = new Set(['id', 'tenant_id', 'name_key', 'email_key']);

function valuesOf(row: Values): Values {
  const named = Object.entries(row).filter(([column]) => !derived.has(column));
  return withoutEmpty(Object.fromEntries(named.map(([column, value]) => [column.replace(/_(.)/g, (_all, letter: string) => letter.toUpperCase()), value])));
}

/** Without what was never set: no value, and no administrator. */
function withoutEmpty(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== null && !(name === 'administrator' && value === false)));
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(sorted(one)) === JSON.stringify(sorted(other)) || (one === null && other === false);
}

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
