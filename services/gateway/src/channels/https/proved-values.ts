import type { GroupEdit, NewUser, UserEdit } from '@rosterport/directory';
import {
  defaultFeedPolicy,
  hasError,
  type AnyField,
  type AttributeDefinition,
  type FieldProblem,
  type Issue,
  type SheetHeader,
  type SheetKind,
} from '@rosterport/domain';
import { groupChecker, userChecker } from '@rosterport/rules';
import type { groupEditBody, newUserBody, userEditBody } from './edit-schemas.ts';
import type { Read } from './read-part.ts';
import { refusal } from './refusal.ts';
import type { Sound } from './sound-part.ts';
import { blankProblem, requiredProblem, unreachableProblem, valueProblem } from './value-problem.ts';

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

/** Values that were judged: in their one form, with everything that is wrong with them. */
interface Judged<Values> {
  readonly values: Values;
  readonly problems: readonly FieldProblem[];
}

/**
 * Proves the values of a person by the rules of files, and gives them in their one form. Fails with `valueInvalid`, which
 * lists every problem by name and code and repeats no value.
 */
export function provedUser(sent: Sound<typeof userEditBody>, definitions: readonly AttributeDefinition[]): UserEdit {
  return proved(judgedUser(sent, definitions));
}

/** Proves the values of somebody new, in the same way; what somebody must have is missed too. */
export function provedNewUser(sent: Read<typeof newUserBody>, definitions: readonly AttributeDefinition[]): NewUser {
  const { values, problems } = judgedUser(sent, definitions);
  const { firstName = sent.firstName, lastName = sent.lastName } = values;
  return proved({ values: { ...values, firstName, lastName }, problems: [...problems, ...lacking(sent, definitions)] });
}

/** What is wrong with the values of a person. */
export function userProblems(sent: Sound<typeof userEditBody>, definitions: readonly AttributeDefinition[]): readonly FieldProblem[] {
  return judgedUser(sent, definitions).problems;
}

/** What is wrong with the values of somebody new; `sent` is all that was sent. */
export function newUserProblems(
  sound: Sound<typeof newUserBody>,
  sent: unknown,
  definitions: readonly AttributeDefinition[],
): readonly FieldProblem[] {
  const isObject = typeof sent === 'object' && sent !== null && !Array.isArray(sent);
  return isObject ? [...userProblems(sound, definitions), ...lacking(sent, definitions)] : [];
}

/** Proves the texts of a group, in the same way. */
export function provedGroup(sent: Sound<typeof groupEditBody>): GroupEdit {
  return proved(judgedGroup(sent));
}

/** What is wrong with the texts of a group. */
export function groupProblems(sent: Sound<typeof groupEditBody>): readonly FieldProblem[] {
  return judgedGroup(sent).problems;
}

function proved<Values>({ values, problems }: Judged<Values>): Values {
  if (problems.length > 0) throw refusal('valueInvalid', problems);
  return values;
}

function judgedUser(sent: Sound<typeof userEditBody>, definitions: readonly AttributeDefinition[]): Judged<UserEdit> {
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
  const blank = blanks({ email, phone, language, ...prefixed(attributes) }, record === null ? null : { ...record, ...prefixed(record.attributes) });
  const problems = [...found(issues, (column) => (Object.hasOwn(texts, column) ? column : `attributes.${column}`)), ...blank.map(blankProblem)];
  if (record === null || problems.length > 0) return { values: {}, problems };
  const values = { ...present(texts, { ...record, phone: record.phone, language: record.language }), ...others };
  const inForm = Object.entries(attributes).map(([name, value]) => [name, value === null ? null : textIn(record.attributes, name)] as const);
  return { values: sent.attributes === undefined ? values : { ...values, attributes: Object.fromEntries(inForm) }, problems };
}

/** What somebody new must have and was not sent; what was sent may be wrong in shape. */
function lacking(sent: object, definitions: readonly AttributeDefinition[]): readonly FieldProblem[] {
  const { email = null, phone = null, active, attributes = {} } = sent as Readonly<Record<string, unknown>>;
  const values = new Map(typeof attributes === 'object' && attributes !== null ? Object.entries(attributes) : []);
  const missing = definitions.filter(({ name, required }) => required && (values.get(name) ?? null) === null);
  const unreachable = email === null && phone === null ? [unreachableProblem()] : [];
  return [...unreachable, ...(active === false ? [] : missing.map(({ name }) => requiredProblem(name)))];
}

function judgedGroup({ name, description, parent }: Sound<typeof groupEditBody>): Judged<GroupEdit> {
  const header = headerOf('groups', [
    { name: 'id', field: 'orgUnitId', text: given.text },
    { name: 'name', field: 'name', text: name ?? given.text },
    { name: 'description', field: 'description', text: description ?? '' },
  ]);
  const { record, issues } = groupChecker({ policy, header: header.sheet, knownAttributes: new Map() })({ row: 1, cells: header.cells });
  const blank = blanks({ description }, record === null ? null : { ...record });
  const problems = [...found(issues, (column) => column), ...blank.map(blankProblem)];
  if (record === null || problems.length > 0) return { values: {}, problems };
  return { values: { ...present({ name, description }, { ...record }), ...(parent === undefined ? {} : { parent }) }, problems };
}

function found(issues: readonly Issue[], fieldOf: (column: string) => string): readonly FieldProblem[] {
  return issues.filter((one) => hasError([one])).map((one) => valueProblem(one, one.column === null ? '' : fieldOf(one.column)));
}

function prefixed<Value>(attributes: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`attributes.${name}`, value]));
}

/** The fields whose text says nothing. Without a record it is told by the text alone. */
function blanks(texts: Readonly<Record<string, string | null | undefined>>, record: Readonly<Record<string, unknown>> | null): readonly string[] {
  const sent = Object.entries(texts).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return sent.filter(([name, text]) => (record === null ? text.trim() === '' : textIn(record, name) === null)).map(([name]) => name);
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
  const inForm = sent.map(([name, text]) => [name, text === null ? null : textIn(record, name)]);
  return Object.fromEntries(inForm) as { readonly [Name in keyof Texts]?: Exclude<Texts[Name], undefined> };
}

/** A text of the record; `null` where there is none. */
function textIn(record: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = Object.hasOwn(record, name) ? record[name] : null;
  return typeof value === 'string' ? value : null;
}
