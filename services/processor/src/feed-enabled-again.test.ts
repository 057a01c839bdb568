import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { inTransaction, transactionClient } from '@rosterport/database';
import { createUser, editUser, type EditContext, type NewUser, type UserEdit } from '@rosterport/directory';
import { noGuards, type Mode } from '@rosterport/domain';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { openIngest, type Ended, type Ingest } from './testing/ingest.ts';

const database = testDatabase();
const folder = temporaryFolder();

let ingest: Ingest;
/** Ids of the records by the external ids that they had at first. */
let first: Readonly<Record<string, string>>;

beforeEach(async () => {
  await database.db.pool.query('truncate claims');
  ingest = await openIngest({ database: database.db, folder, policy: { guards: noGuards } });
  expect((await send('E1 ada', 'E2 bo', 'E3 eva')).job.counts.created).toBe(3);
  first = Object.fromEntries((await people()).map(({ id, externalId }) => [String(externalId), id]));
});

afterEach(() => ingest.close());

/** Rows are `<id> <name>`, and the name is the local part of the e-mail too; `<id> <name> <local part>` where it is not. */
function fileOf(rows: readonly string[]): Buffer {
  const lines = rows.map((row) => {
    const [id = '', name = '', local = name] = row.split(' ');
    return `${id};${name};Berg;${local}@example.com`;
  });
  return Buffer.from(['EmployeeID;FirstName;LastName;Email', ...lines, ''].join('\n'));
}

const send = (...rows: readonly string[]): Promise<Ended> => ingest.sendBytes('users.csv', fileOf(rows));
const sendAs = (mode: Mode, ...rows: readonly string[]): Promise<Ended> => ingest.sendBytes('users.csv', fileOf(rows), { mode });

async function people() {
  return (await ingest.directory()).users;
}

/** `<external id> <first name> <e-mail> <active>` by the id of the record. */
async function shown(): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(
    (await people()).map(({ id, externalId, firstName, email, active }) => [id, [externalId, firstName, email?.replace('@example.com', ''), active ? 'active' : 'gone'].join(' ')]),
  );
}

async function setFeed(values: Readonly<Record<string, boolean>>): Promise<void> {
  await database.db.knex('feeds').where({ id: ingest.feed.id }).update(values);
}

const disable = (): Promise<void> => setFeed({ enabled: false });
const enable = (): Promise<void> => setFeed({ enabled: true, matches_by_email: true });

async function matchesByEmail(): Promise<boolean> {
  const feed = await database.db.knex('feeds').where({ id: ingest.feed.id }).first<{ matches_by_email: boolean }>('matches_by_email');
  return feed.matches_by_email;
}

function byHand<Result>(work: (context: EditContext) => Promise<Result>): Promise<Result> {
  return inTransaction(database.db, async (tx) => work({ client: await transactionClient(tx), tenantId: ingest.tenant.id, credentialId: null }));
}

const create = async (person: NewUser): Promise<string> => (await byHand((context) => createUser(context, person))).id;
const edit = (externalId: string, change: UserEdit) => byHand((context) => editUser(context, first[externalId] ?? '', change));
const mail = (local: string): string => `${local}@example.com`;

const results = ({ rows }: Ended): readonly string[] => rows.map(({ result }) => result);

describe('a feed that is disabled', () => {
  test('leaves everybody as they were, and takes no file', async () => {
    const before = await ingest.directory();
    await disable();
    expect(await ingest.directory()).toEqual(before);
    const { job } = await sendAs('full', 'E1 ada');
    expect([job.state, job.issues.map(({ code }) => code)]).toEqual(['rejected', ['validateFeedIsEnabled']]);
    expect(await ingest.directory()).toEqual(before);
  });
});

describe('the first file of a feed that was enabled again', () => {
  beforeEach(disable);

  test.each<readonly [string, readonly string[], readonly string[], Readonly<Record<string, string>>]>([
    ['with the same ids changes nobody', ['E1 ada', 'E2 bo', 'E3 eva'], ['unchanged', 'unchanged', 'unchanged'], { E1: 'E1 ada ada active', E2: 'E2 bo bo active', E3: 'E3 eva eva active' }],
    ['with new ids gives them to the same people', ['N1 ada', 'N2 bo', 'N3 eva'], ['updated', 'updated', 'updated'], { E1: 'N1 ada ada active', E2: 'N2 bo bo active', E3: 'N3 eva eva active' }],
    ['with exchanged ids exchanges them', ['E2 ada', 'E1 bo', 'E3 eva'], ['updated', 'updated', 'unchanged'], { E1: 'E2 ada ada active', E2: 'E1 bo bo active', E3: 'E3 eva eva active' }],
    ['with ids handed on in a ring hands them on', ['E2 ada', 'E3 bo', 'E1 eva'], ['updated', 'updated', 'updated'], { E1: 'E2 ada ada active', E2: 'E3 bo bo active', E3: 'E1 eva eva active' }],
    ['with new e-mails finds people by their ids', ['E1 ada ada.new', 'E2 bo bo.new', 'E3 eva'], ['updated', 'updated', 'unchanged'], { E1: 'E1 ada ada.new active', E2: 'E2 bo bo.new active', E3: 'E3 eva eva active' }],
    ['in another case of the e-mail finds them too', ['N1 ada ADA', 'E2 bo', 'E3 eva'], ['updated', 'unchanged', 'unchanged'], { E1: 'N1 ada ADA active', E2: 'E2 bo bo active', E3: 'E3 eva eva active' }],
  ])('%s', async (_, rows, expected, then) => {
    await enable();
    const ended = await sendAs('full', ...rows);
    expect(ended.job.state).toBe('applied');
    expect(results(ended)).toEqual(expected);
    expect(await shown()).toEqual(Object.fromEntries(Object.entries(then).map(([id, text]) => [first[id], text])));
    expect(await matchesByEmail()).toBe(false);
    // From then on the ids count: the same file changes nothing.
    expect(results(await sendAs('full', ...rows))).toEqual(['unchanged', 'unchanged', 'unchanged']);
  });

  test('somebody whose id was given to another stays, when the other is somebody new', async () => {
    await enable();
    const ended = await sendAs('full', 'E1 zoe', 'N1 ada', 'E2 bo', 'E3 eva');
    expect(ended.job.state).toBe('applied');
    const is = await shown();
    expect(is[first['E1']!]).toBe('N1 ada ada active');
    expect(Object.values(is).sort()).toEqual(['E1 zoe zoe active', 'E2 bo bo active', 'E3 eva eva active', 'N1 ada ada active']);
  });

  test('wins over what was changed by hand meanwhile, and makes no second account', async () => {
    await edit('E1', { firstName: 'Augusta', email: mail('private') });
    await edit('E2', { email: mail('x') });
    await edit('E3', { email: mail('bo') });
    await enable();
    await expect(edit('E1', { firstName: 'Ada' })).rejects.toMatchObject({ code: 'userManaged' });
    const ended = await sendAs('full', 'E1 ada', 'E2 bo bo.two', 'E3 eva');
    expect(ended.job.state).toBe('applied');
    expect(await shown()).toEqual({ [first['E1']!]: 'E1 ada ada active', [first['E2']!]: 'E2 bo bo.two active', [first['E3']!]: 'E3 eva eva active' });
  });

  test('finds people whose e-mails were exchanged by hand by those e-mails, once each', async () => {
    await edit('E1', { email: mail('between') });
    await edit('E2', { email: mail('ada') });
    await edit('E1', { email: mail('bo') });
    await enable();
    await sendAs('full', 'E1 ada', 'E2 bo', 'E3 eva');
    expect(Object.values(await shown()).sort()).toEqual(['E1 ada ada active', 'E2 bo bo active', 'E3 eva eva active']);
    expect((await people()).map(({ id }) => id).sort()).toEqual(Object.values(first).sort());
  });

  test('takes in who was made by hand meanwhile with the e-mail of somebody in it', async () => {
    const zoe = await create({ firstName: 'Zoe', lastName: 'Hand', email: mail('zoe') });
    await enable();
    const ended = await sendAs('full', 'E1 ada', 'E2 bo', 'E3 eva', 'N9 zoe ZOE');
    expect(results(ended)).toEqual(['unchanged', 'unchanged', 'unchanged', 'updated']);
    expect((await shown())[zoe]).toBe('N9 zoe ZOE active');
    expect(await people()).toHaveLength(4);
  });

  test('makes no second account for who is inactive while somebody made by hand has the e-mail', async () => {
    await edit('E1', { active: false });
    const ada = await create({ firstName: 'Ada', lastName: 'Hand', email: mail('ada') });
    await enable();
    await sendAs('full', 'E1 ada', 'E2 bo', 'E3 eva');
    expect((await people()).map(({ id }) => id).sort()).toEqual([...Object.values(first), ada].sort());
    const holders = (await people()).filter(({ active, email }) => active && email === mail('ada'));
    expect(holders.map(({ id }) => id)).toEqual([ada]);
  });

  test('brings people back who were inactive by absence, under whatever id', async () => {
    await setFeed({ enabled: true });
    await sendAs('full', 'E2 bo', 'E3 eva');
    expect((await shown())[first['E1']!]).toBe('E1 ada ada gone');
    await disable();
    await enable();
    await sendAs('full', 'N1 ada', 'E2 bo', 'E3 eva');
    expect(await shown()).toMatchObject({ [first['E1']!]: 'N1 ada ada active' });
    expect(await people()).toHaveLength(3);
  });

  test('is the first with people that is applied: what is refused, looked at, or holds groups alone does not count', async () => {
    await enable();
    await ingest.sendBytes('users.csv', fileOf(['N1 ada', 'E2 bo', 'E3 eva']), { dryRun: true });
    await ingest.sendBytes('users.csv', Buffer.from('no file at all'));
    await ingest.sendBytes('groups.csv', Buffer.from('OrgUnitID;Name;Description;ResponsibleManager;ParentOrgUnit\nG;Garden;;;\n'));
    expect(await matchesByEmail()).toBe(true);
    expect(Object.values(await shown()).sort()).toEqual(['E1 ada ada active', 'E2 bo bo active', 'E3 eva eva active']);
    await send('N1 ada');
    expect(await matchesByEmail()).toBe(false);
    expect((await shown())[first['E1']!]).toBe('N1 ada ada active');
  });
});
