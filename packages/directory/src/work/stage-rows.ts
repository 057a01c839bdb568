import { buffered, copyCell, copyIn, copyLines, copyText, isPlainCell } from '@rosterport/database';
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
import type { AheadPlan } from '../plan/plan-ahead.ts';
import { attributesText } from './attributes-text.ts';

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

/** So many bytes of rows are read at most while the server is at something else. */
const mostBuffered = 8_388_608;

/**
 * Brings user rows into the work tables by COPY, and has them planned part by part if that is wanted. Returns how many there were.
 */
export async function stageUsers(client: PoolClient, rows: StagedRows<UserRecord>, ahead: AheadPlan | null = null): Promise<number> {
  const lines = copyLines(rows, userLine);
  if (ahead === null) return copyIn(client, copyUsers, lines);
  const pieces = buffered(lines, mostBuffered);
  let staged = 0;
  try {
    for (let piece = await pieces.next(); piece.done !== true; piece = await pieces.next()) {
      staged += await copyIn(client, copyUsers, partOf(pieces, piece.value, ahead.partBytes));
      await ahead.planStaged();
    }
  } finally {
    await pieces.return(undefined);
  }
  return staged;
}

/** The next pieces of about so many bytes, the first of which has been taken already. Leaves the others where they are. */
async function* partOf(pieces: AsyncGenerator<Buffer>, first: Buffer, partBytes: number): AsyncGenerator<Buffer> {
  yield first;
  for (let bytes = first.length; bytes < partBytes; ) {
    const piece = await pieces.next();
    if (piece.done === true) return;
    bytes += piece.value.length;
    yield piece.value;
  }
}

/** Brings group rows into the work tables by COPY. Returns how many there were. */
export function stageGroups(client: PoolClient, rows: StagedRows<GroupRecord>): Promise<number> {
  return copyIn(client, 'copy in_groups from stdin', copyLines(rows, groupLine));
}

/** The line of a row. Only what may hold characters to be escaped is looked at for them, which took a quarter of the time. */
function userLine({ ordinal, row, hash }: StagedRow<UserRecord>): string {
  const user: Partial<UserRecord> = row.record ?? comparable(row.proved);
  const cells = [
    ordinal,
    copyCell(row.sheet),
    row.row,
    copyCell(row.externalId),
    isValid(row) ?? none,
    nameCells(user),
    emailCells(user),
    // Phones, languages, flags and names of fields hold no such characters.
    user.phone ?? none,
    user.isManager ?? none,
    user.active ?? none,
    user.language ?? none,
    user.attributes === undefined ? none : copyCell(attributesText(user.attributes)),
    user.groups === undefined ? none : groupsCell(user.groups),
    managerCells(user),
    clearsText(user, clearableOfUsers) ?? none,
    copyCell(issuesText(row.issues)),
    hash === undefined || row.issues.length > 0 ? none : `\\\\x${hash}`,
  ];
  return `${cells.join('\t')}\n`;
}

const none = copyCell(null);

/** First name, last name and the key of both. A key holds nothing that must be escaped unless its text does. */
function nameCells(user: Partial<UserRecord>): string {
  const { firstName = '', lastName = '' } = user;
  const name = `${firstName} ${lastName}`;
  if (firstName !== '' && lastName !== '' && isPlainCell(name)) return `${firstName}\t${lastName}\t${nameKey(name)}`;
  return `${copyCell(user.firstName)}\t${copyCell(user.lastName)}\t${copyCell(firstName === '' || lastName === '' ? null : nameKey(name))}`;
}

/** The e-mail and its key. */
function emailCells({ email }: Partial<UserRecord>): string {
  if (email == null) return `${none}\t${none}`;
  return isPlainCell(email) ? `${email}\t${emailKey(email)}` : `${copyCell(email)}\t${copyCell(emailKey(email))}`;
}

/** By what the manager is named, the value and its key. */
function managerCells({ manager }: Partial<UserRecord>): string {
  if (manager == null) return `${none}\t${none}\t${none}`;
  const { by, value } = manager;
  return isPlainCell(value) ? `${by}\t${value}\t${referenceKey(manager)}` : `${by}\t${copyCell(value)}\t${copyCell(referenceKey(manager))}`;
}

/** A row is planned when its rules passed it; of one that they passed without an id nobody can say whom it is about. */
function isValid({ record, externalId }: CheckedRow<unknown>): boolean | null {
  return record !== null && externalId === null ? null : record !== null;
}

/** Of a refused row everything is compared that could be proved; a mandatory text that is empty was not. */
function comparable<RecordType extends object>(proved: RecordType | undefined): Partial<RecordType> {
  // Kept in the shape of a sound record: read among those, any other shape takes twice to five times as long.
  const copy: Record<string, unknown> = { ...proved };
  for (const field in copy) if (copy[field] === '') copy[field] = undefined;
  return copy as Partial<RecordType>;
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
    clearsText(group, clearableOfGroups),
    issuesText(row.issues),
  ]);
}

/** Many rows name the same groups, so their texts are kept, as many as never matter to the memory. */
const referenceTexts = { id: new Map<string, string>(), name: new Map<string, string>() } as const;
const mostReferenceTexts = 10_000;

function groupsCell(groups: readonly Reference[]): string {
  const [only] = groups;
  return only !== undefined && groups.length === 1 ? `[${referenceCell(only)}]` : `[${groups.map(referenceCell).join(',')}]`;
}

/** By, value, key, and the key of the name that a group would have which has to be made. */
function referenceCell(reference: Reference): string {
  const { by, value } = reference;
  const texts = referenceTexts[by];
  let text = texts.get(value);
  if (text === undefined) {
    if (texts.size === mostReferenceTexts) texts.clear();
    text = copyCell(JSON.stringify([by, value, referenceKey(reference), nameKey(value)]));
    texts.set(value, text);
  }
  return text;
}

/** The form in which references are compared: ids as they are, names without regard to case and spaces. */
function referenceKey(reference: Reference): string {
  return reference.by === 'id' ? reference.value : nameKey(reference.value);
}

const clearableOfUsers = ['email', 'phone', 'isManager', 'language', 'manager'] as const satisfies readonly (keyof UserRecord)[];
const clearableOfGroups = ['description', 'responsibleManager', 'parent'] as const satisfies readonly (keyof GroupRecord)[];

/** The names of the fields that are cleared, as an array literal; they are plain words. Hardly any row clears one. */
function clearsText<Field extends string>(record: Readonly<Partial<Record<Field, unknown>>>, fields: readonly Field[]): string | null {
  for (const field of fields) if (record[field] === null) return `{${fields.filter((one) => record[one] === null).join(',')}}`;
  return null;
}

/** Findings as they are kept: the message is the catalogue's, sheet and row are the result's own. */
function issuesText(issues: readonly Issue[]): string | null {
  if (issues.length === 0) return null;
  return JSON.stringify(
    issues.map(({ code, severity, column, found, expected }) => ({ code, severity, column, found, expected })),
  );
}
