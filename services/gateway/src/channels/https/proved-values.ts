import type { GroupEdit, UserEdit } from '@rosterport/directory';
import {
  defaultFeedPolicy,
  Failure,
  hasError,
  type AnyField,
  type AttributeDefinition,
  type Issue,
  type SheetHeader,
  type SheetKind,
} from '@rosterport/domain';
import { groupChecker, userChecker } from '@rosterport/rules';
import type { Read } from './read-part.ts';
import type { groupEditBody, userEditBody } from './edit-schemas.ts';

/** One value as a cell: by which field of a file it is judged, none for an attribute, and its text. */
interface Cell {
  readonly name: string;
  readonly field: AnyField | null;
  readonly text: string;
}

/** Hand edits define nothing: what they name must be there. */
const policy = { ...defaultFeedPolicy, unknownAttribute: 'strict' } as const;

/** Stands where a row of a file must have a value and the edit has none to be judged. */
const given = { text: 'x', email: 'x@example.com' };

/**
 * Proves the values of a person by the rules of files, and gives them in their one form. Fails with `valueInvalid`, which
 * lists every problem by name and code and repeats no value.
 */
export function provedUser(sent: Read<typeof userEditBody>, definitions: readonly AttributeDefinition[]): UserEdit {
  const { firstName, lastName, email, phone, language, attributes = {}, ...others } = sent;
  const named = Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== null);
  const texts = { firstName, lastName, email, phone, language };
  const header = headerOf('users', [
    { name: 'externalId', field: 'externalId', text: given.text },
    { name: 'firstName', field: 'firstName', text: firstName ?? given.text },
    { name: 'lastName', field: 'lastName', text: lastName ?? given.text },
    { name: 'email', field: 'email', text: email ?? given.email },
    { name: 'phone', field: 'phoneNumber', text: phone ?? '' },
    { name: 'language', field: 'language', text: language ?? '' },
    ...named.map(([name, text]) => ({ name, field: null, text })),
  ]);
  const check = userChecker({ policy, header: header.sheet, knownAttributes: new Map(definitions.map((one) => [one.name, one])) });
  const { record, issues } = check({ row: 1, cells: header.cells });
  if (record === null) throw invalid(issues);
  const values = { ...present(texts, { ...record, phone: record.phone, language: record.language }), ...others };
  const proved = Object.entries(attributes).map(([name, value]) => [name, value === null ? null : provedText(record.attributes, name)] as const);
  return sent.attributes === undefined ? values : { ...values, attributes: Object.fromEntries(proved) };
}

/** Proves the texts of a group, in the same way. */
export function provedGroup({ name, description, parent }: Read<typeof groupEditBody>): GroupEdit {
  const header = headerOf('groups', [
    { name: 'id', field: 'orgUnitId', text: given.text },
    { name: 'name', field: 'name', text: name ?? given.text },
    { name: 'description', field: 'description', text: description ?? '' },
  ]);
  const { record, issues } = groupChecker({ policy, header: header.sheet, knownAttributes: new Map() })({ row: 1, cells: header.cells });
  if (record === null) throw invalid(issues);
  return { ...present({ name, description }, { ...record }), ...(parent === undefined ? {} : { parent }) };
}

function headerOf(kind: SheetKind, cells: readonly Cell[]): { readonly sheet: SheetHeader; readonly cells: readonly string[] } {
  const columns = cells.map(({ name, field }, position) => ({ position, name, field }));
  return { sheet: { kind, sheet: null, columns }, cells: cells.map(({ text }) => text) };
}

/** What was sent, in the form in which the rules give it; `null` stays. */
function present<Texts extends Readonly<Record<string, string | null | undefined>>>(
  texts: Texts,
  record: Readonly<Record<string, unknown>>,
): { readonly [Name in keyof Texts]?: Exclude<Texts[Name], undefined> } {
  const sent = Object.entries(texts).filter(([, text]) => text !== undefined);
  const proved = sent.map(([name, text]) => [name, text === null ? null : provedText(record, name)]);
  return Object.fromEntries(proved) as { readonly [Name in keyof Texts]?: Exclude<Texts[Name], undefined> };
}

/** A text of nothing but spaces is no value, and does not empty one either. */
function provedText(record: Readonly<Record<string, unknown>>, name: string): string {
  const value = Object.hasOwn(record, name) ? record[name] : undefined;
  if (typeof value === 'string') return value;
  throw new Failure('valueInvalid', { values: { problem: `${name}: it is empty; null empties a value` } });
}

function invalid(issues: readonly Issue[]): Failure {
  const problems = issues
    .filter((found) => hasError([found]))
    .map(({ code, column, expected }) => `${column ?? 'the person'}: ${code}${expected === null ? '' : ` (${expected})`}`);
  return new Failure('valueInvalid', { values: { problem: problems.join('; ') } });
}
