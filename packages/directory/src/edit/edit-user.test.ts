import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { inTransaction, transactionClient } from '@rosterport/database';
import { isFailure, type CredentialId } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { listGroups } from '../read/groups.ts';
import { findUser, listUsers } from '../read/users.ts';
import { company, domainOf, type Company } from '../testing/company.ts';
import type { EditContext, Edited } from './edit-context.ts';
import { createGroup } from './edit-group.ts';
import { createUser, editUser } from './edit-user.ts';
import type { NewUser, UserEdit } from './user-edit.ts';

const database = testDatabase();
const credentialId = randomUUID() as CredentialId;
let acme: Company;
let other: Company;

beforeAll(async () => {
  [acme, other] = [await company(database.db), await company(database.db)];
  await acme.run({
    groups: [{ id: 'G' }, { id: 'H' }],
    users: [
      { id: 'E1', groups: ['G', 'H'], phone: '+46701740605', manager: { by: 'id', value: 'E2' }, attributes: { City: 'Lund' } },
      { id: 'E2' },
    ],
  });
});

/** Does work in a transaction of its own; a failure leaves nothing of it. */
function byHandAt<Result>(place: Company, work: (context: EditContext) => Promise<Result>): Promise<Result> {
  const { tenantId } = place;
  return inTransaction(database.db, async (tx) => work({ client: await transactionClient(tx), tenantId, credentialId }));
}

const create = (person: NewUser, place = acme): Promise<Edited> => byHandAt(place, (context) => createUser(context, person));
const edit = (id: string, change: UserEdit): Promise<Edited> => byHandAt(acme, (context) => editUser(context, id, change));
const shown = (id: string) => findUser({ pool: database.db.pool }, acme.tenantId, id);
const address = (name: string): string => `${name}@${domainOf(acme.tenantId)}`;

async function idOf(externalId: string): Promise<string> {
  return (await listUsers(database.db, acme.tenantId, { externalId, limit: 1 })).items[0]!.id;
}

async function groupId(externalId: string): Promise<string> {
  return (await listGroups(database.db, acme.tenantId, { externalId, limit: 1 })).items[0]!.id;
}

async function setFeeds(values: Readonly<Record<string, boolean>>): Promise<void> {
  await database.db.knex('feeds').where({ tenant_id: acme.tenantId }).update(values);
}

async function failureOf(work: Promise<unknown>): Promise<readonly [string, string]> {
  const error = await work.then(() => null, (thrown: unknown) => thrown);
  if (!isFailure(error)) throw new Error(`It did not fail as it should: ${String(error)}`);
  return [error.code, error.message];
}

/** Everything that must not change when an edit is refused. */
async function everything(): Promise<unknown> {
  const tables = ['users', 'memberships', 'manager_facts', 'claims', 'journal'];
  return Promise.all(tables.map(async (table) => (await database.db.pool.query(`select t::text from ${table} t order by 1`)).rows as unknown));
}

async function journalOf(id: string): Promise<unknown> {
  const { rows } = await database.db.pool.query(
    `select kind, job_id, credential_id, before, after from journal where kind in ('user', 'membership') and record_id = $1 and job_id is null order by id`,
    [id],
  );
  return rows as unknown;
}

async function claimsOf(id: string): Promise<unknown> {
  const { rows } = await database.db.pool.query<{ key: string }>('select key from claims where user_id = $1 order by kind', [id]);
  return rows.map(({ key }) => key);
}

describe('a person made by hand', () => {
  test('belongs to no source, holds what is theirs, and stands in the journal with who made them', async () => {
    const group = await groupId('G');
    const { id, changed } = await create({ firstName: 'Åsa', lastName: 'Ek', email: address('Asa.Ek'), language: 'sv', groups: [group] });
    expect(changed).toEqual(expect.arrayContaining(['firstName', 'lastName', 'email', 'language']));
    expect(await shown(id)).toMatchObject({ externalId: null, source: null, firstName: 'Åsa', email: address('Asa.Ek'), active: true, phone: null, groups: [{ id: group }] });
    expect(await claimsOf(id)).toEqual([address('asa.ek')]);
    const own = { firstName: 'Åsa', lastName: 'Ek', email: address('Asa.Ek'), isManager: false, active: true, language: 'sv', attributes: {}, administrator: false };
    expect(await journalOf(id)).toEqual([
      { kind: 'user', job_id: null, credential_id: credentialId, before: null, after: own },
      { kind: 'membership', job_id: null, credential_id: credentialId, before: null, after: { groupId: Number(group), sourceId: '00000000-0000-0000-0000-000000000000' } },
    ]);
  });

  test('who is inactive holds nothing', async () => {
    const { id } = await create({ firstName: 'Ola', lastName: 'Lind', email: address('E2'), active: false });
    expect(await shown(id)).toMatchObject({ active: false, inactiveCause: 'hand' });
    expect(await claimsOf(id)).toEqual([]);
  });

  const nameless = { firstName: 'Bo', lastName: 'Dahl' };

  test.each<readonly [string, () => NewUser, string, string]>([
    ['nobody could reach', () => nameless, 'valueInvalid', 'validateEmailOrPhoneNumber'],
    ['with the e-mail of somebody here', () => ({ ...nameless, email: address('e1').toUpperCase() }), 'valueTaken', 'the person with the id'],
    ['with the phone of somebody here', () => ({ ...nameless, phone: '+46701740605' }), 'valueTaken', 'The phone number cannot be taken'],
    ['with an attribute that nobody has defined', () => ({ ...nameless, email: address('bo'), attributes: { Citty: 'Lund' } }), 'valueInvalid', 'validateExternalProperties'],
    ['in a group that is not there', () => ({ ...nameless, email: address('bo'), groups: ['999999'] }), 'notFound', 'group'],
  ])('whom %s is refused, and nothing stays', async (_, person, code, part) => {
    const before = await everything();
    expect(await failureOf(create(person()))).toEqual([code, expect.stringContaining(part)]);
    expect(await everything()).toEqual(before);
  });

  test('nothing is told of another company, whose phones are free here', async () => {
    const { id } = await create({ ...nameless, email: 'bo@elsewhere.example', phone: '+46701740606' }, other);
    const [code, message] = await failureOf(create({ ...nameless, email: 'Bo@elsewhere.example' }));
    expect([code, message]).toEqual(['valueTaken', 'The e-mail cannot be taken: it is held in another company.']);
    expect(message).not.toContain(id);
    const here = await create({ ...nameless, phone: '+46701740606' });
    await edit(here.id, { active: false });
    expect(await failureOf(byHandAt(acme, (context) => editUser(context, id, { isManager: true })))).toEqual(['notFound', expect.any(String)]);
    expect(await failureOf(edit(here.id, { groups: [(await byHandAt(other, (context) => createGroup(context, { name: 'Far' }))).id] }))).toEqual(['notFound', expect.any(String)]);
  });

  test('becomes the person of the file that names their e-mail, and is then its own', async () => {
    const { id } = await create({ firstName: 'Eva', lastName: 'Falk', email: address('eva') });
    await acme.run({ users: [{ id: 'E9', email: address('Eva') }] });
    expect(await shown(id)).toMatchObject({ externalId: 'E9', source: 'files', lastName: 'E9' });
    expect(await failureOf(edit(id, { lastName: 'Falk' }))).toEqual(['userManaged', expect.stringContaining('`files`')]);
  });
});

describe('a change by hand', () => {
  test('has each value before and after in the journal, and moves the claims', async () => {
    const { id } = await create({ firstName: 'Ina', lastName: 'Gran', email: address('ina'), phone: '+46701740607', attributes: { City: 'Lund' } });
    const { changed } = await edit(id, { lastName: 'Hav', email: address('ina.hav'), phone: null, isManager: true, language: 'nb', attributes: { City: null } });
    expect(changed).toEqual(['lastName', 'email', 'phone', 'isManager', 'language', 'attributes.City']);
    expect(await claimsOf(id)).toEqual([address('ina.hav')]);
    expect((await journalOf(id) as unknown[]).slice(1)).toEqual([
      {
        ...{ kind: 'user', job_id: null, credential_id: credentialId },
        before: { lastName: 'Gran', email: address('ina'), phone: '+46701740607', isManager: false, language: null, attributes: { City: 'Lund' } },
        after: { lastName: 'Hav', email: address('ina.hav'), phone: null, isManager: true, language: 'nb', attributes: {} },
      },
    ]);
    expect((await database.db.pool.query<{ name_key: string }>('select name_key from users where id = $1', [id])).rows[0]?.name_key).toBe('ina hav');
  });

  test('that changes nothing leaves no trace', async () => {
    const { id } = await create({ firstName: 'Jon', lastName: 'Ive', email: address('jon') });
    const before = await everything();
    expect(await edit(id, { firstName: 'Jon', email: address('jon'), active: true, groups: [], attributes: { City: null } })).toEqual({ id, changed: [] });
    expect(await everything()).toEqual(before);
  });

  test('who is made inactive frees what they held, and takes it again only while it is free', async () => {
    const { id } = await create({ firstName: 'Kim', lastName: 'Jul', email: address('kim') });
    await edit(id, { active: false });
    expect([(await shown(id)).inactiveCause, await claimsOf(id)]).toEqual(['hand', []]);
    const next = await create({ firstName: 'Kim', lastName: 'Two', email: address('kim') });
    expect(await failureOf(edit(id, { active: true }))).toEqual(['valueTaken', expect.stringContaining(`id ${next.id}`)]);
    await edit(next.id, { email: address('kim.two') });
    await edit(id, { active: true });
    expect([(await shown(id)).inactiveCause, await claimsOf(id)]).toEqual([null, [address('kim')]]);
  });

  test.each<readonly [string, UserEdit, string]>([
    ['the last way to reach a person', { email: null }, 'validateEmailOrPhoneNumber'],
    ['an attribute that is not defined', { attributes: { constructor: 'x' } }, 'validateExternalProperties'],
  ])('%s is refused', async (title, change, part) => {
    const { id } = await create({ firstName: 'Leo', lastName: 'Kvist', email: address(`leo.${title.length}`) });
    const before = await everything();
    expect(await failureOf(edit(id, change))).toEqual(['valueInvalid', expect.stringContaining(part)]);
    expect(await everything()).toEqual(before);
  });

  test('two at once for one e-mail: one gets it', async () => {
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map((n) => create({ firstName: 'M', lastName: String(n), email: address('mia') })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const codes = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as { code: string }).code] : []));
    expect(codes).toEqual(['valueTaken', 'valueTaken', 'valueTaken']);
  });
});

describe('a managed person', () => {
  test.each<readonly [string, UserEdit]>([
    ['a name', { firstName: 'New' }],
    ['the e-mail', { email: 'new@managed.example' }],
    ['presence', { active: false }],
    ['an attribute', { attributes: { City: 'Ystad' } }],
    ['groups', { groups: [] }],
    ['a name beside the mark of administrators', { firstName: 'New', administrator: true }],
  ])('keeps %s while a feed of the source is enabled', async (_, change) => {
    const before = await everything();
    expect(await failureOf(edit(await idOf('E1'), change))).toEqual(['userManaged', expect.stringContaining('`files`')]);
    expect(await everything()).toEqual(before);
  });

  test('may be made an administrator, whom no full file deactivates', async () => {
    const id = await idOf('E2');
    expect(await edit(id, { administrator: true, isManager: false })).toEqual({ id, changed: ['administrator'] });
    await acme.run({ users: [{ id: 'E1' }], mode: 'full' });
    expect(await shown(id)).toMatchObject({ active: true, administrator: true });
    expect(await edit(id, { administrator: false })).toEqual({ id, changed: ['administrator'] });
  });

  test('is as any other once all feeds are disabled; nothing else has changed with that', async () => {
    const before = await everything();
    await setFeeds({ enabled: false });
    expect(await everything()).toEqual(before);
    const id = await idOf('E1');
    const [g, h] = [await groupId('G'), await groupId('H')];
    expect((await edit(id, { firstName: 'Ada', groups: [h] })).changed).toEqual(['firstName', 'groups']);
    expect((await shown(id)).groups.map((group) => group.id)).toEqual([h]);
    // Who has left the group no longer says who manages it.
    expect((await database.db.pool.query('select group_id::text from manager_facts where user_id = $1', [id])).rows).toEqual([{ group_id: h }]);
    const { rows } = await database.db.pool.query(
      `select before, after from journal where kind = 'managerFact' and record_id = $1 and job_id is null`,
      [g],
    );
    expect(rows).toEqual([{ before: { userId: Number(id), by: 'id', ref: 'E2', sourceId: acme.sourceId }, after: null }]);
    await setFeeds({ enabled: true });
    expect(await failureOf(edit(id, { firstName: 'Eve' }))).toEqual(['userManaged', expect.any(String)]);
    await acme.run({ users: [{ id: 'E1', groups: ['G', 'H'] }] });
    expect((await shown(id)).groups).toHaveLength(2);
  });

  test('stays managed as long as one of several feeds is enabled', async () => {
    const [feed] = await database.db.knex('feeds').where({ tenant_id: acme.tenantId }).select<{ source_id: string; policy: unknown }[]>('*');
    await database.db.knex('feeds').insert({ ...feed, id: randomUUID(), name: 'second', enabled: false, policy: JSON.stringify(feed!.policy) });
    expect((await failureOf(edit(await idOf('E1'), { firstName: 'Eve' })))[0]).toBe('userManaged');
  });
});

test('a required attribute is asked of who is made, becomes active or loses it, and of nobody else', async () => {
  const names = { firstName: 'Req', lastName: 'Uired' };
  const early = await create({ ...names, email: address('early') });
  await database.db.knex('attribute_definitions').insert({ tenant_id: acme.tenantId, name: 'Level', required: true });
  try {
    const asked = ['valueInvalid', expect.stringContaining('must have a value of the attribute Level')];
    expect(await failureOf(create({ ...names, email: address('req') }))).toEqual(asked);
    expect(await failureOf(create(names))).toEqual(['valueInvalid', expect.stringMatching(/validateEmailOrPhoneNumber.*; .*attribute Level/)]);
    const { id } = await create({ ...names, email: address('req'), attributes: { Level: '1' } });
    expect(await failureOf(edit(id, { attributes: { Level: null } }))).toEqual(asked);
    expect((await edit(id, { attributes: { Level: '2' } })).changed).toEqual(['attributes.Level']);
    expect((await edit(id, { active: false, attributes: { Level: null } })).changed).toContain('attributes.Level');
    expect(await failureOf(edit(id, { active: true }))).toEqual(asked);
    expect((await edit(early.id, { lastName: 'Still' })).changed).toEqual(['lastName']);
  } finally {
    await database.db.knex('attribute_definitions').where({ tenant_id: acme.tenantId, name: 'Level' }).delete();
  }
});
