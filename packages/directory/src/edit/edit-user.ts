import { emailKey, Failure, nameKey } from '@rosterport/domain';
import { lockDirectory } from '../work/lock-directory.ts';
import { claimValues } from './claim-values.ts';
import type { EditContext, Edited } from './edit-context.ts';
import { planGroups, writeGroups } from './groups-of-user.ts';
import { requireUnmanaged } from './require-unmanaged.ts';
import { edited, nobody, type NewUser, type UserEdit, type UserValues } from './user-edit.ts';
import { differing, present, writeEntry } from './write-entry.ts';

/**
 * Makes a person by hand, who belongs to no source. Takes the directory lock. Fails with `valueInvalid` when nobody could
 * reach the person, an attribute is not defined or a required one is missing, `valueTaken`, and `notFound` for a group that is not there.
 */
export async function createUser(context: EditContext, person: NewUser): Promise<Edited> {
  const { client, tenantId } = context;
  await lockDirectory(client, tenantId);
  const values = edited(nobody, person);
  await requireSound(context, values);
  const { rows } = await client.query<{ id: string }>(
    `insert into users (tenant_id, first_name, last_name, name_key) values ($1, $2, $3, $4) returning id::text`,
    [tenantId, values.firstName, values.lastName, keyOfName(values)],
  );
  const id = rows[0]?.id ?? '';
  const groups = await planGroups(context, id, person.groups ?? []);
  await writeValues(context, id, values);
  await writeEntry(context, { kind: 'user', recordId: id, before: null, after: present({ ...values }) });
  await writeGroups(context, id, groups);
  return { id, changed: Object.keys(present({ ...values })) };
}

/**
 * Changes a person by hand. Takes the directory lock. A person whose source has a feed that is enabled is what its files say:
 * only `administrator`, which no file sets, can be changed then. Values that are as they were change nothing and ask nothing.
 *
 * Fails with `notFound`, `userManaged`, and as `createUser` does.
 */
export async function editUser(context: EditContext, id: string, edit: UserEdit): Promise<Edited> {
  const { client, tenantId } = context;
  await lockDirectory(client, tenantId);
  const person = await readPerson(context, id);
  const after = edited(person.values, edit);
  const change = differing({ ...person.values }, { ...after });
  const groups = edit.groups === undefined ? null : await planGroups(context, id, edit.groups);
  const moves = groups !== null && groups.added.length + groups.removed.length > 0;
  const changed = change === null ? [] : changedNames(person.values, after, Object.keys(change.after));
  if (moves || changed.some((name) => name !== 'administrator')) await requireUnmanaged(context, 'user', person.sourceId);
  if (change !== null) {
    await requireSound(context, after, person.values);
    await writeValues(context, id, after);
    await writeEntry(context, { kind: 'user', recordId: id, ...change });
  }
  if (moves) await writeGroups(context, id, groups);
  return { id, changed: [...changed, ...(moves ? ['groups'] : [])] };
}

async function readPerson({ client, tenantId }: EditContext, id: string): Promise<{ sourceId: string | null; values: UserValues }> {
  const { rows } = await client.query<UserValues & { sourceId: string | null }>(
    `select source_id as "sourceId", first_name as "firstName", last_name as "lastName", email, phone, is_manager as "isManager",
       active, inactive_cause as "inactiveCause", language, attributes, administrator
     from users where tenant_id = $1 and id = $2`,
    [tenantId, id],
  );
  const [person] = rows;
  if (person === undefined) throw new Failure('notFound', { values: { what: 'person' } });
  const { sourceId, ...values } = person;
  return { sourceId, values };
}

/**
 * What must be true of a person as a whole, asked where the values that matter are others than before: somebody new, who
 * becomes active, or who loses a value, must have what everybody must have.
 */
async function requireSound({ client, tenantId }: EditContext, after: UserValues, before: UserValues = nobody): Promise<void> {
  const isReachable = after.email !== null || after.phone !== null;
  const wasReachable = before.email !== null || before.phone !== null;
  const isLost = !isReachable && (wasReachable || before === nobody);
  const { rows } = await client.query<{ name: string; required: boolean }>(
    'select name, required from attribute_definitions where tenant_id = $1 and (required or name = any($2)) order by id',
    [tenantId, Object.keys(after.attributes)],
  );
  const defined = new Set(rows.map(({ name }) => name));
  const unknown = Object.keys(after.attributes).filter((name) => !Object.hasOwn(before.attributes, name) && !defined.has(name));
  const isBegun = before === nobody || !before.active;
  const missing = rows.filter(({ name, required }) => required && !Object.hasOwn(after.attributes, name) && (isBegun || Object.hasOwn(before.attributes, name)));
  const problems = [
    ...(isLost ? ['validateEmailOrPhoneNumber: an e-mail or a phone number is needed'] : []),
    ...(unknown.length > 0 ? ['validateExternalProperties: no such attribute is defined'] : []),
    ...(after.active ? missing.map(({ name }) => `validateExternalProperties: everybody who is active must have a value of the attribute ${name}`) : []),
  ];
  if (problems.length > 0) throw invalid(problems.join('; '));
}

function invalid(problem: string): Failure {
  return new Failure('valueInvalid', { values: { problem } });
}

async function writeValues(context: EditContext, id: string, values: UserValues): Promise<void> {
  await claimValues(context, { id, ...values });
  await context.client.query(
    `update users set first_name = $2, last_name = $3, name_key = $4, email = $5, email_key = $6, phone = $7, is_manager = $8,
       active = $9, inactive_cause = $10, language = $11, attributes = $12, administrator = $13, updated_at = now()
     where id = $1`,
    [
      ...[id, values.firstName, values.lastName, keyOfName(values), values.email],
      ...[values.email === null ? null : emailKey(values.email), values.phone, values.isManager, values.active],
      ...[values.inactiveCause, values.language, JSON.stringify(values.attributes), values.administrator],
    ],
  );
}

function keyOfName({ firstName, lastName }: UserValues): string {
  return nameKey(`${firstName} ${lastName}`);
}

/** The names of the values that differ, each attribute by itself. */
function changedNames(before: UserValues, after: UserValues, names: readonly string[]): readonly string[] {
  const attributes = differing(
    { ...Object.fromEntries(Object.keys(after.attributes).map((name) => [name, null])), ...before.attributes },
    { ...Object.fromEntries(Object.keys(before.attributes).map((name) => [name, null])), ...after.attributes },
  );
  return names.flatMap((name) => (name === 'attributes' ? Object.keys(attributes?.after ?? {}).map((key) => `attributes.${key}`) : [name]));
}
