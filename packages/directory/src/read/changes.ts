import type { Database } from '@rosterport/database';
import { Failure, type Page, type RecordChange } from '@rosterport/domain';
import { changeKeys, sections, type ChangeKey, type Section } from './change-keys.ts';
import type { ChangeQuery } from './change-query.ts';
import { changedRecords } from './changed-records.ts';

/**
 * A page of what a job changes, one entry a record: people first, then groups, then attributes, each kind in the order in
 * which its records were made. What a revert left as it was stands apart, behind what it changed of the kind. Fails with
 * `requestInvalid` when the cursor is not one of ours.
 */
export async function listChanges(database: Database, query: ChangeQuery): Promise<Page<RecordChange>> {
  const from = query.cursor === undefined ? null : positionIn(query.cursor);
  const found: ChangeKey[] = [];
  for (const section of sections.slice(from === null ? 0 : sections.indexOf(from.section))) {
    if (!isWanted(section, query)) continue;
    const after = section === from?.section ? from : null;
    found.push(...(await changeKeys(database, query, { section, after, limit: query.limit + 1 - found.length })));
    if (found.length > query.limit) break;
  }
  const shown = found.slice(0, query.limit);
  const items: RecordChange[] = [];
  for (const section of sections) {
    const keys = shown.filter((key) => key.section === section);
    if (keys.length > 0) items.push(...(await changedRecords(database, query, keys)));
  }
  const last = shown.at(-1);
  return { items, next: found.length > query.limit && last !== undefined ? textOf(last) : null };
}

/** All that a job changes, asked for page by page. */
export async function* allChanges(
  database: Database,
  query: Omit<ChangeQuery, 'cursor' | 'limit'>,
): AsyncGenerator<RecordChange> {
  let cursor: string | undefined;
  do {
    const page = await listChanges(database, { ...query, limit: 1_000, ...(cursor === undefined ? {} : { cursor }) });
    yield* page.items;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

function isWanted({ kind, part }: Section, query: ChangeQuery): boolean {
  if (query.kind !== undefined && query.kind !== kind) return false;
  if (part === 'kept') return query.source === 'journal' && (query.action ?? 'kept') === 'kept';
  return query.action !== 'kept';
}

function textOf({ section, record, entry }: ChangeKey): string {
  return `${sections.indexOf(section)}.${record}.${entry}`;
}

function positionIn(cursor: string): ChangeKey {
  const [, number, record, entry] = /^([0-5])\.(\d{1,18})\.(\d{1,18})$/.exec(cursor) ?? [];
  const section = number === undefined ? undefined : sections[Number(number)];
  if (section === undefined || record === undefined || entry === undefined) {
    throw new Failure('requestInvalid', { values: { problem: 'the cursor is not one that a list has given' } });
  }
  return { section, record, entry };
}
