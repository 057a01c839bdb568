import type {
  ChangeAction,
  DirectoryGroupName,
  DirectoryPersonName,
  KeptReason,
  LinkChange,
  RecordChange,
  ValueChange,
} from '@rosterport/domain';
import type { Section } from './change-keys.ts';

type Values = Readonly<Record<string, unknown>>;

/** One entry of the journal, or of a plan that was kept. */
export interface ChangeEntry {
  readonly kind: 'user' | 'group' | 'membership' | 'managerFact' | 'attributeDefinition';
  /** Id of the record under which it was written. */
  readonly record: string;
  readonly sheet: string | null;
  readonly row: number | null;
  readonly before: Values | null;
  readonly after: Values | null;
  readonly label: { readonly externalId?: string | null; readonly name?: string | null } | null;
  readonly kept: KeptReason | null;
}

/** Names by id. */
export interface ChangeNames {
  readonly groups: ReadonlyMap<string, DirectoryGroupName>;
  readonly people: ReadonlyMap<string, DirectoryPersonName>;
  readonly sources: ReadonlyMap<string, string>;
}

interface Parts {
  readonly section: Section;
  readonly id: string;
  /** All entries of the record, in the order in which they were written; at least one. */
  readonly entries: readonly ChangeEntry[];
  readonly names: ChangeNames;
}

/** Brings the entries of one record together: what becomes of it, its values before and after, and its links. */
export function recordChange({ section, id, entries, names }: Parts): RecordChange {
  const own = entries.filter(({ kind }) => kind !== 'membership' && kind !== 'managerFact');
  const change = merged(own);
  const place = entries.find(({ row }) => row !== null);
  const name = section.kind === 'attribute' ? attributeName(own) : nameOf(section, id, names);
  return {
    kind: section.kind,
    action: section.part === 'kept' ? 'kept' : actionOf(section.kind, change),
    id: section.kind === 'attribute' ? (entries[0]?.record ?? id) : id,
    ...name,
    sheet: place?.sheet ?? null,
    row: place?.row ?? null,
    values: change === null ? [] : valueChanges(change, names),
    links: entries.flatMap((entry) => linkChange(entry, names)),
    reason: entries.find(({ kept }) => kept !== null)?.kept ?? null,
  };
}

interface Change {
  readonly before: Values | null;
  readonly after: Values | null;
}

/** Several entries of one record are one change, from the first to the last. */
function merged(entries: readonly ChangeEntry[]): Change | null {
  const [first, ...later] = entries;
  if (first === undefined) return null;
  let { before, after }: Change = first;
  for (const next of later) {
    before = before === null || next.before === null ? before : { ...next.before, ...before };
    after = after === null || next.after === null ? next.after : { ...after, ...next.after };
  }
  return { before, after };
}

function actionOf(kind: Section['kind'], change: Change | null): ChangeAction {
  if (change === null) return 'updated';
  if (change.before === null) return 'created';
  if (change.after === null) return 'removed';
  const [was, is] = [change.before['active'], change.after['active']];
  if (kind !== 'user' || typeof was !== 'boolean' || typeof is !== 'boolean' || was === is) return 'updated';
  return is ? 'reactivated' : 'deactivated';
}

function nameOf({ kind }: Section, id: string, names: ChangeNames): { externalId: string | null; name: string | null } {
  const found = (kind === 'user' ? names.people : names.groups).get(id);
  return { externalId: found?.externalId ?? null, name: found === undefined || found.name === '' ? null : found.name };
}

function attributeName(entries: readonly ChangeEntry[]): { externalId: null; name: string | null } {
  const names = entries.flatMap(({ after, before, label }) => [after?.['name'], before?.['name'], label?.name]);
  return { externalId: null, name: names.find((name) => typeof name === 'string') ?? null };
}

/** The values that differ, with names in place of ids of ours; each attribute is a value of its own. */
function valueChanges({ before, after }: Change, names: ChangeNames): readonly ValueChange[] {
  const [was, is] = [shown(before ?? {}, names), shown(after ?? {}, names)];
  const fields = new Set([...was.keys(), ...is.keys()]);
  return [...fields]
    .map((field) => ({ field, before: was.get(field) ?? null, after: is.get(field) ?? null }))
    .filter(({ before: old, after: now }) => JSON.stringify(old) !== JSON.stringify(now));
}

function shown(values: Values, names: ChangeNames): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(values).flatMap(([field, value]) => fieldOf(field, value, names)));
}

function fieldOf(field: string, value: unknown, names: ChangeNames): readonly (readonly [string, unknown])[] {
  if (field === 'sourceId') return [['source', typeof value === 'string' ? (names.sources.get(value) ?? value) : null]];
  if (field === 'parentId') return [['parent', typeof value === 'number' ? nameText(names.groups.get(String(value))) : null]];
  if (field === 'attributes') return Object.entries((value ?? {}) as Values).map(([name, of]) => [`attributes.${name}`, of]);
  return [[field, value]];
}

function nameText(group: DirectoryGroupName | undefined): string {
  return group === undefined || group.name === '' ? (group?.externalId ?? group?.id ?? '') : group.name;
}

function linkChange({ kind, record, before, after }: ChangeEntry, names: ChangeNames): readonly LinkChange[] {
  if (kind !== 'membership' && kind !== 'managerFact') return [];
  const change = after === null ? 'removed' : 'added';
  const values = after ?? before ?? {};
  const id = kind === 'membership' ? String(values['groupId']) : record;
  const group = names.groups.get(id) ?? { id, externalId: null, name: '' };
  if (kind === 'membership') return [{ kind, change, group, manager: null }];
  return [{ kind: 'manager', change, group, manager: typeof values['ref'] === 'string' ? values['ref'] : null }];
}
