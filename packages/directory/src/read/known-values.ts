import type { ChangeOrigin, DirectoryGroupName, DirectoryUser, KnownValue } from '@rosterport/domain';
import type { UserEntry } from './user-entries.ts';

/** A group whose manager is stated, with how the manager is named. */
export interface StatedFact {
  readonly group: DirectoryGroupName;
  readonly manager: string;
}

/** What is told of a person, and the entries of the journal that tell where it comes from, oldest first. */
export interface Known {
  readonly user: DirectoryUser;
  /** As the person's own rows say. */
  readonly managers: readonly StatedFact[];
  /** Those that name the person. */
  readonly manages: readonly StatedFact[];
  readonly entries: readonly UserEntry[];
}

const fields = [
  ...['source', 'externalId', 'firstName', 'lastName', 'email', 'phone', 'isManager', 'active', 'inactiveCause', 'language'],
  'administrator',
] as const satisfies readonly string[];

/** Every value that the person has, or that was taken from them, with what set it. */
export function knownValues({ user, managers, manages, entries }: Known): readonly KnownValue[] {
  const newest = entries.toReversed();
  const plain = fields.map((field) => ({
    field,
    value: (user as unknown as Readonly<Record<string, unknown>>)[field],
    origin: found(newest.find(({ kind, after }) => kind === 'user' && after !== null && Object.hasOwn(after, journalName(field)))),
  }));
  const attributes = attributeNames(user, entries).map((name) => ({
    field: `attributes.${name}`,
    value: Object.hasOwn(user.attributes, name) ? user.attributes[name] : null,
    origin: found(newest.find((entry) => entry.kind === 'user' && attributeIn(entry.before, name) !== attributeIn(entry.after, name))),
  }));
  const groups = user.groups.map((group) => ({
    ...{ field: 'group', value: group },
    origin: found(newest.find(({ kind, after }) => kind === 'membership' && String(after?.['groupId']) === group.id)),
  }));
  const facts = (field: string, stated: readonly StatedFact[]): readonly KnownValue[] =>
    stated.map((fact) => ({
      ...{ field, value: fact },
      origin: found(newest.find(({ kind, record, after }) => kind === 'managerFact' && record === fact.group.id && after?.['ref'] === fact.manager)),
    }));
  const values: readonly KnownValue[] = [...plain, ...attributes, ...groups, ...facts('manager', managers), ...facts('manages', manages)];
  return values.filter(({ value, origin }) => value !== null || origin !== null);
}

/** What made an entry. */
export function originOf({ at, job, sheet, row, by }: UserEntry): ChangeOrigin {
  return { at: at.toISOString(), job, sheet, row, by: job === null ? by : null };
}

function found(entry: UserEntry | undefined): ChangeOrigin | null {
  return entry === undefined ? null : originOf(entry);
}

function journalName(field: string): string {
  return field === 'source' ? 'sourceId' : field;
}

/** The attributes that the person has or had. */
function attributeNames(user: DirectoryUser, entries: readonly UserEntry[]): readonly string[] {
  const named = entries.flatMap(({ after }) => Object.keys(after?.['attributes'] ?? {}));
  return [...new Set([...Object.keys(user.attributes), ...named])].sort();
}

function attributeIn(values: UserEntry['after'], name: string): unknown {
  const attributes = (values?.['attributes'] ?? {}) as Readonly<Record<string, unknown>>;
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}
