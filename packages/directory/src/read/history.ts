import type { Database } from '@rosterport/database';
import { nameKey, type DirectoryUser, type HistoryEntry, type JobId, type Page, type TenantId, type UserHistory } from '@rosterport/domain';
import { byHand } from '../edit/edit-context.ts';
import { groupNames, sourceNames } from './change-names.ts';
import { knownValues, originOf, type StatedFact } from './known-values.ts';
import { recordChange, type ChangeNames } from './record-change.ts';
import { factEntries, ownEntries, statesFact, type ManagerNames, type UserEntry, type UserPlace } from './user-entries.ts';
import { findUser } from './users.ts';

/** Whose history to read, and which part of it. */
export interface HistoryQuery extends UserPlace {
  /** The `next` of the page before. */
  readonly cursor?: string;
  /** How many changes at most, 1 to 1000. */
  readonly limit: number;
}

/**
 * Where everything that is known of a person comes from: for each value the job, file and row that set it, or who did by
 * hand; and a page of all changes, newest first, as far as the journal is kept. Fails with `notFound`.
 */
export async function userHistory(database: Database, query: HistoryQuery): Promise<UserHistory> {
  const user = await findUser(database, query.tenantId, query.userId);
  const own = await ownEntries(database, query);
  const names = managerNames(user, own);
  const { managers, manages } = await statedManagers(database, query, names);
  const groupIds = [...groupsIn(own), ...[...managers, ...manages].map(({ group }) => group.id)];
  const facts = await factEntries(database, query, { groupIds: [...new Set(groupIds)], names });
  const entries = [...own, ...facts].sort((one, other) => Number(one.id) - Number(other.id));
  return {
    user: { id: user.id, externalId: user.externalId, name: `${user.firstName} ${user.lastName}` },
    values: knownValues({ user, managers, manages, entries }),
    changes: await pageOfChanges(database, query, entries),
  };
}

/** How the person is named now and was named before, as far as ids go. */
function managerNames(user: DirectoryUser, entries: readonly UserEntry[]): ManagerNames {
  const ids = entries.flatMap(({ before, after }) => [before?.['externalId'], after?.['externalId']]);
  return {
    externalIds: [...new Set([user.externalId, ...ids].filter((id) => typeof id === 'string'))],
    nameKeys: [nameKey(`${user.firstName} ${user.lastName}`)],
  };
}

function groupsIn(entries: readonly UserEntry[]): readonly string[] {
  return entries.flatMap(({ kind, before, after }) => (kind === 'membership' ? [String((after ?? before)?.['groupId'])] : []));
}

interface FactRow extends StatedFact {
  readonly isOwn: boolean;
}

/** The facts that the person's rows state, and those that name the person, as they stand. */
async function statedManagers(
  { pool }: Database,
  { tenantId, userId }: UserPlace,
  names: ManagerNames,
): Promise<{ readonly managers: readonly StatedFact[]; readonly manages: readonly StatedFact[] }> {
  const { rows } = await pool.query<FactRow>(
    `select distinct f.own as "isOwn", f.manager_ref as manager,
       jsonb_build_object('id', g.id::text, 'externalId', g.external_id, 'name', g.name) as group
     from (
       select true as own, group_id, manager_ref from manager_facts where user_id = $2::bigint
       union all
       select false, f.group_id, f.manager_ref from manager_facts f join users u on u.id = $2::bigint
       where f.tenant_id = $1 and (f.manager_by = 'name' and f.manager_key = any($3)
         or f.manager_by = 'id' and f.manager_key = u.external_id and f.source_id = u.source_id)) f
     join groups g on g.id = f.group_id order by 3, 2`,
    [tenantId, userId, names.nameKeys],
  );
  const stated = (own: boolean): readonly StatedFact[] =>
    rows.filter(({ isOwn }) => isOwn === own).map(({ group, manager }) => ({ group, manager }));
  return { managers: stated(true), manages: stated(false) };
}

/**
 * Entries of one job, or of one edit, are one change; what rows of others say of the person is a change of its own row. Many
 * rows of a file that say the same are told once, by the last of them.
 */
async function pageOfChanges(
  database: Database,
  { tenantId, userId, cursor, limit }: HistoryQuery,
  entries: readonly UserEntry[],
): Promise<Page<HistoryEntry>> {
  const changes = new Map<string, UserEntry[]>();
  for (const entry of saidOnce(entries, userId)) {
    const key = `${occasion(entry)} ${isOfOthers(entry, userId) ? String(entry.row) : ''}`;
    const change = changes.get(key);
    if (change === undefined) changes.set(key, [entry]);
    else change.push(entry);
  }
  const before = cursor === undefined ? Infinity : Number(cursor);
  const all = [...changes.values()].reverse().filter(([first]) => Number(first?.id) < before);
  const shown = all.slice(0, limit);
  const names = await namesIn(database, tenantId, shown.flat());
  const section = { kind: 'user', part: 'changed' } as const;
  const items = shown.map((change) => {
    const { values, links } = recordChange({ section, id: userId, entries: change, names });
    return { ...originOf(change.find(({ row }) => row !== null) ?? last(change)), values, links };
  });
  return { items, next: all.length > limit ? (shown.at(-1)?.[0]?.id ?? null) : null };
}

function occasion({ job, at, by }: UserEntry): string {
  return job?.id ?? `${at.toISOString()} ${by}`;
}

function isOfOthers(entry: UserEntry, userId: string): boolean {
  return entry.kind === 'managerFact' && !statesFact(entry, userId);
}

function saidOnce(entries: readonly UserEntry[], userId: string): readonly UserEntry[] {
  const said = (entry: UserEntry): string =>
    isOfOthers(entry, userId)
      ? JSON.stringify([occasion(entry), entry.record, entry.after === null, (entry.after ?? entry.before)?.['ref']])
      : entry.id;
  const newest = new Map(entries.map((entry) => [said(entry), entry]));
  return entries.filter((entry) => newest.get(said(entry)) === entry);
}

function last(change: readonly UserEntry[]): UserEntry {
  const entry = change.at(-1);
  if (entry === undefined) throw new TypeError('A change has an entry or more.');
  return entry;
}

/** No job has it, so that names are not looked for in plans. */
const noJob = '00000000-0000-0000-0000-000000000000' as JobId;

async function namesIn(database: Database, tenantId: TenantId, entries: readonly UserEntry[]): Promise<ChangeNames> {
  const values = entries.flatMap(({ before, after }) => [before ?? {}, after ?? {}]);
  const groups = values.map(({ groupId }) => groupId).filter((id) => typeof id === 'number').map(String);
  const facts = entries.filter(({ kind }) => kind === 'managerFact').map(({ record }) => record);
  const sources = values.map(({ sourceId }) => sourceId).filter((id) => typeof id === 'string').filter((id) => id !== byHand);
  return {
    groups: await groupNames(database, { tenantId, jobId: noJob }, [...groups, ...facts]),
    people: new Map(),
    sources: await sourceNames(database, tenantId, sources),
  };
}
