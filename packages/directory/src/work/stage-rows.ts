import { copyIn, copyLines, copyText } from '@rosterport/database';
import type { PoolClient } from '@rosterport/database';
import {
  emailKey,
  nameKey,
  type CheckedRow,
  type GroupRecord,
  type Issue,
  type Reference,
  type SheetHeader,
  type UserRecord,
} from '@rosterport/domain';

/** Batches of rows of one sheet, in file order, each row with its ordinal over the whole file and the hash of its record, if it has one. */
export type StagedRows<RecordType> = AsyncGenerator<readonly StagedRow<RecordType>[]>;

interface StagedRow<RecordType> {
  readonly ordinal: number;
  readonly row: CheckedRow<RecordType>;
  readonly hash?: string | undefined;
}

/** Remembers what the file calls each column, so that findings can name it, and of what a faulty header row leaves no one sure. */
export async function stageHeader(client: PoolClient, header: SheetHeader): Promise<void> {
  // Only people have attributes; what else a groups file holds is not kept.
  const other = header.kind === 'users' ? 'attribute' : 'surplus';
  const inDoubt = [
    ...(header.inDoubt?.fields ?? []).map((field) => ({ field: `doubt:${field}`, name: null })),
    ...(header.inDoubt?.columns ?? []).map(({ name }) => ({ field: `doubt:attribute:${name}`, name })),
  ];
  const columns = [...header.columns.map(({ field, name }) => ({ field: field ?? `${other}:${name}`, name })), ...inDoubt];
  const fields = columns.map(({ field }) => field);
  const names = columns.map(({ name }) => name);
  await client.query('insert into in_columns select $1, * from unnest($2::text[], $3::text[])', [header.sheet, fields, names]);
}

const copyUsers = `copy in_users (ordinal, sheet, row_no, external_id, valid, first_name, last_name, name_key, email, email_key, phone,
  is_manager, active, language, attributes, groups, manager_by, manager_ref, manager_key, clears, issues, row_hash) from stdin`;

/** Brings user rows into the work tables by COPY. Returns how many there were. */
export function stageUsers(client: PoolClient, rows: StagedRows<UserRecord>): Promise<number> {
  return copyIn(client, copyUsers, copyLines(rows, userLine));
}

/** Brings group rows into the work tables by COPY. Returns how many there were. */
export function stageGroups(client: PoolClient, rows: StagedRows<GroupRecord>): Promise<number> {
  return copyIn(client, 'copy in_groups from stdin', copyLines(rows, groupLine));
}

function userLine({ ordinal, row, hash }: StagedRow<UserRecord>): string {
  const user: Partial<UserRecord> = row.record ?? comparable(row.proved);
  const manager = user.manager;
  return copyText([
    ordinal,
    row.sheet,
    row.row,
    row.externalId,
    isValid(row),
    user.firstName,
    user.lastName,
    fullNameKey(user),
    user.email,
    user.email == null ? null : emailKey(user.email),
    user.phone,
    user.isManager,
    user.active,
    user.language,
    user.attributes === undefined ? null : attributesText(user.attributes),
    user.groups === undefined ? null : `[${user.groups.map(referenceText).join(',')}]`,
    manager?.by,
    manager?.value,
    manager == null ? null : referenceKey(manager),
    clearsText({
      email: user.email,
      phone: user.phone,
      isManager: user.isManager,
      language: user.language,
      manager: user.manager,
    }),
    issuesText(row.issues),
    hash === undefined || row.issues.length > 0 ? null : `\\x${hash}`,
  ]);
}

/** A row is planned when its rules passed it; of one that they passed without an id nobody can say whom it is about. */
function isValid({ record, externalId }: CheckedRow<unknown>): boolean | null {
  return record !== null && externalId === null ? null : record !== null;
}

/** Of a refused row everything is compared that could be proved; a mandatory text that is empty was not. */
function comparable<RecordType extends object>(proved: RecordType | undefined): Partial<RecordType> {
  return Object.fromEntries(Object.entries(proved ?? {}).filter(([, value]) => value !== '')) as Partial<RecordType>;
}

function fullNameKey({ firstName = '', lastName = '' }: Partial<UserRecord>): string | null {
  return firstName === '' || lastName === '' ? null : nameKey(`${firstName} ${lastName}`);
}

function groupLine({ ordinal, row }: StagedRow<GroupRecord>): string {
  const group: Partial<GroupRecord> = row.record ?? comparable(row.proved);
  return copyText([
    ordinal,
    row.sheet,
    row.row,
    row.externalId,
    isValid(row),
    group.name,
    group.name === undefined ? null : nameKey(group.name),
    group.description,
    group.responsibleManager,
    group.parent,
    clearsText({
      description: group.description,
      responsibleManager: group.responsibleManager,
      parent: group.parent,
    }),
    issuesText(row.issues),
  ]);
}

function attributesText(attributes: UserRecord['attributes']): string | null {
  const text = JSON.stringify(attributes);
  return text === '{}' ? null : text;
}

/** Many rows name the same groups, so their texts are kept, as many as never matter to the memory. */
const referenceTexts = new Map<string, string>();
const mostReferenceTexts = 20_000;

/** By, value, key, and the key of the name that a group would have which has to be made. */
function referenceText(reference: Reference): string {
  const { by, value } = reference;
  const name = `${by} ${value}`;
  let text = referenceTexts.get(name);
  if (text === undefined) {
    if (referenceTexts.size === mostReferenceTexts) referenceTexts.clear();
    text = JSON.stringify([by, value, referenceKey(reference), nameKey(value)]);
    referenceTexts.set(name, text);
  }
  return text;
}

/** The form in which references are compared: ids as they are, names without regard to case and spaces. */
function referenceKey(reference: Reference): string {
  return reference.by === 'id' ? reference.value : nameKey(reference.value);
}

/** The names of the fields that are cleared, as an array literal; they are plain words. */
function clearsText(fields: Readonly<Record<string, unknown>>): string | null {
  const cleared = Object.keys(fields).filter((field) => fields[field] === null);
  return cleared.length === 0 ? null : `{${cleared.join(',')}}`;
}

/** Findings as they are kept: the message is the catalogue's, sheet and row are the result's own. */
function issuesText(issues: readonly Issue[]): string | null {
  if (issues.length === 0) return null;
  return JSON.stringify(
    issues.map(({ code, severity, column, found, expected }) => ({ code, severity, column, found, expected })),
  );
}
