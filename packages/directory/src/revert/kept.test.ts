import { describe, expect, test } from '@jest/globals';
import { withClient } from '@rosterport/database';
import type { AttributeDefinition, JobId } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { defineAttribute } from '../attributes/define-attribute.ts';
import { listGroups } from '../read/groups.ts';
import { listUsers } from '../read/users.ts';
import { company, domainOf, type Company, type FileCells, type UserCells } from '../testing/company.ts';
import { dump } from '../testing/dump.ts';
import { revertJob, type RevertRan } from '../testing/revert-job.ts';

const at = testDatabase();
const [phone, other] = ['+46701740605', '+46701740606'];

/** Runs the files and reverts one of them, counted from 1. */
async function reverted(files: readonly FileCells[], which: number): Promise<Company & { back: RevertRan }> {
  const made = await company(at.db);
  const jobs: JobId[] = [];
  for (const file of files) jobs.push((await made.run(file)).jobId);
  return { ...made, back: await revertJob(at.db, made.tenantId, jobs[which - 1]!) };
}

/** `kind name reason before > after` for each thing that a revert kept. */
async function keptOf(jobId: JobId): Promise<readonly string[]> {
  const { rows } = await at.db.pool.query<{ line: string }>(
    `select concat_ws(' ', kind, coalesce(label ->> 'externalId', label ->> 'name'), kept) as line from planned_changes
     where job_id = $1 order by id`,
    [jobId],
  );
  return rows.map(({ line }) => line);
}

async function person(tenantId: Company['tenantId'], externalId: string): Promise<object | undefined> {
  return (await listUsers(at.db, tenantId, { externalId, limit: 1 })).items[0];
}

const first: FileCells = { groups: [{ id: 'G' }, { id: 'H' }], users: [{ id: 'E1', groups: ['G'], phone }, { id: 'E2' }] };
const alone = (cells: UserCells): FileCells => ({ users: [cells] });

describe('kept, since something came later', () => {
  test.each<[string, FileCells[], number, string[]]>([
    ['a value that was changed again', [first, alone({ id: 'E1', lastName: 'B', language: 'sv' }), alone({ id: 'E1', lastName: 'C' })], 2, ['user E1 changedSince']],
    ['a value that was set to the same again', [first, alone({ id: 'E1', lastName: 'B' }), alone({ id: 'E1', lastName: 'C' }), alone({ id: 'E1', lastName: 'B' })], 2, ['user E1 changedSince']],
    ['one attribute of several', [first, alone({ id: 'E1', lastName: 'E1', attributes: { A: '1', B: '2' } }), alone({ id: 'E1', attributes: { A: '3' } })], 2, ['attributeDefinition A referenced', 'user E1 changedSince']],
    ['a new person whose name was changed', [first, alone({ id: 'E3' }), alone({ id: 'E3', lastName: 'C' })], 2, ['user E3 changedSince']],
    ['a new person who came into a group', [first, alone({ id: 'E3' }), alone({ id: 'E3', groups: ['G'] })], 2, ['user E3 changedSince']],
    ['a new person whom a row names as manager', [first, alone({ id: 'E3' }), alone({ id: 'E1', manager: { by: 'id', value: 'E3' } })], 2, ['user E3 referenced']],
    ['a new person whom a row names as manager by name', [first, alone({ id: 'E3' }), alone({ id: 'E1', manager: { by: 'name', value: 'first e3' } })], 2, ['user E3 referenced']],
    ['new groups with a member in the lowest', [first, { groups: [{ id: 'N1' }, { id: 'N2', parent: 'N1' }, { id: 'N3', parent: 'N2' }] }, alone({ id: 'E1', groups: ['G', 'N3'] })], 2, ['group N1 referenced', 'group N2 referenced', 'group N3 referenced']],
    ['a new group with a group below it', [first, { groups: [{ id: 'N1' }] }, { groups: [{ id: 'G', parent: 'N1' }] }], 2, ['group N1 referenced']],
    ['a new group with a manager', [first, { groups: [{ id: 'N1' }] }, { groups: [{ id: 'N1', responsibleManager: 'E9' }] }], 2, ['group N1 changedSince']],
    ['a new attribute that somebody has', [first, alone({ id: 'E1', attributes: { A: '1' } }), alone({ id: 'E2', attributes: { A: '2' } })], 2, ['attributeDefinition A referenced']],
    ['a membership that came again', [first, alone({ id: 'E1', groups: ['H'] }), alone({ id: 'E1', groups: ['G'] }), alone({ id: 'E1', groups: ['H'] })], 2, ['membership E1 changedSince', 'membership E1 changedSince']],
    ['a phone that somebody else has', [first, alone({ id: 'E1', phone: other, language: 'sv' }), alone({ id: 'E2', phone })], 2, ['user E1 valueTaken']],
    ['the absence of somebody whose phone another has', [first, alone({ id: 'E1', active: false }), alone({ id: 'E2', phone })], 2, ['user E1 valueTaken']],
    ['the place of a group above which its own group stands', [{ groups: [{ id: 'A' }, { id: 'B', parent: 'A' }] }, { groups: [{ id: 'B', parent: null }] }, { groups: [{ id: 'A', parent: 'B' }] }], 2, ['group B changedSince']],
  ])('%s', async (_name, files, which, kept) => {
    const { back } = await reverted(files, which);
    expect(await keptOf(back.jobId)).toEqual(kept);
    expect(back.kept).toBe(new Set(kept.map((line) => line.replace(/^membership/, 'user').replace(/ \w+$/, ''))).size);
  });
});

test('values that nobody touched go back beside those that are kept', async () => {
  const { back, tenantId } = await reverted([first, alone({ id: 'E1', lastName: 'B', phone: other }), alone({ id: 'E1', lastName: 'C' })], 2);
  expect(await person(tenantId, 'E1')).toMatchObject({ lastName: 'C', phone });
  const { rows } = await at.db.pool.query('select before, after, label, kept from planned_changes where job_id = $1', [back.jobId]);
  expect(rows).toEqual([{ before: { lastName: 'C' }, after: { lastName: 'E1' }, label: { externalId: 'E1', name: 'First C' }, kept: 'changedSince' }]);
});

test('somebody keeps a new id when somebody else has the old one by now', async () => {
  const { run, tenantId } = await company(at.db);
  await run(first);
  const renamed = await run({ mode: 'full', users: [{ id: 'E2' }, { id: 'E7', email: `e1@${domainOf(tenantId)}` }] });
  expect(renamed.changes).toMatchObject({ usersCreated: 0, usersUpdated: 1 });
  await run(alone({ id: 'E1', email: `other@${domainOf(tenantId)}` }));
  const back = await revertJob(at.db, tenantId, renamed.jobId);
  expect(await keptOf(back.jobId)).toEqual(['user E7 valueTaken']);
  expect(await person(tenantId, 'E7')).toMatchObject({ lastName: 'E1' });
});

test('changes that were undone themselves stand in nobody\'s way', async () => {
  const { run, tenantId } = await company(at.db);
  await run(first);
  const before = await dump(at.db, tenantId);
  const one = await run({ users: [{ id: 'E1', lastName: 'B' }, { id: 'E3' }], groups: [{ id: 'N' }] });
  const two = await run({ users: [{ id: 'E1', lastName: 'C' }, { id: 'E3', groups: ['N'] }] });
  await revertJob(at.db, tenantId, two.jobId);
  expect((await revertJob(at.db, tenantId, one.jobId)).kept).toBe(0);
  expect(await dump(at.db, tenantId)).toEqual(before);
});

test('a change that is in force again counts again', async () => {
  const { run, tenantId } = await company(at.db);
  await run(first);
  const one = await run(alone({ id: 'E1', lastName: 'B' }));
  const two = await run(alone({ id: 'E1', lastName: 'C' }));
  const undone = await revertJob(at.db, tenantId, two.jobId);
  await revertJob(at.db, tenantId, undone.jobId);
  expect((await revertJob(at.db, tenantId, one.jobId)).kept).toBe(1);
  expect(await person(tenantId, 'E1')).toMatchObject({ lastName: 'C' });
});

test('somebody whose e-mail another company has by now stays inactive, and nothing is told of that company', async () => {
  const [one, two] = [await company(at.db), await company(at.db)];
  await one.run(first);
  const gone = await one.run(alone({ id: 'E1', active: false }));
  await two.run(alone({ id: 'X', email: `e1@${domainOf(one.tenantId)}` }));
  const back = await revertJob(at.db, one.tenantId, gone.jobId);
  expect(await keptOf(back.jobId)).toEqual(['user E1 valueTaken']);
  expect(await person(one.tenantId, 'E1')).toMatchObject({ active: false, inactiveCause: 'cell' });
});

describe('lists of options', () => {
  const list: AttributeDefinition = { name: 'City', type: 'list', options: ['Lund'], required: false };
  const city = (id: string, value: string | null): FileCells => alone({ id, attributes: { City: value } });
  const defined = async (definition: AttributeDefinition, place: Company): Promise<void> => {
    await withClient(at.db, (client) => defineAttribute(client, definition, { tenantId: place.tenantId }));
  };
  const options = async ({ tenantId }: Company): Promise<unknown> => (await dump(at.db, tenantId)).definitions.map((one) => one.options);

  test('lose what the job added, unless somebody has it by now', async () => {
    const place = await company(at.db);
    await defined(list, place);
    const { jobId } = await place.run(city('E1', 'Oslo'));
    const back = await revertJob(at.db, place.tenantId, jobId);
    expect(await options(place)).toEqual([['Lund']]);
    await revertJob(at.db, place.tenantId, back.jobId);
    expect(await options(place)).toEqual([['Lund', 'Oslo']]);
    await place.run(city('E2', 'Oslo'));
    const again = await revertJob(at.db, place.tenantId, jobId);
    expect(await keptOf(again.jobId)).toEqual(['attributeDefinition City referenced']);
    expect(await options(place)).toEqual([['Lund', 'Oslo']]);
  });

  test.each<[string, Partial<AttributeDefinition>, string | null]>([
    ['does not take it any more', { options: ['Oslo'] }, null],
    ['takes it', { options: ['Oslo', 'Lund'] }, 'Lund'],
    ['is one of numbers by now', { type: 'number', options: [] }, null],
    ['is one of texts by now', { type: 'text', options: [] }, 'Lund'],
  ])('a value goes back only where the attribute %s', async (_name, parts, value) => {
    const place = await company(at.db);
    await defined(list, place);
    await place.run(city('E1', 'Lund'));
    const { jobId } = await place.run(city('E1', null));
    await defined({ ...list, ...parts }, place);
    const back = await revertJob(at.db, place.tenantId, jobId);
    expect(await person(place.tenantId, 'E1')).toMatchObject({ attributes: value === null ? {} : { City: value } });
    expect(await keptOf(back.jobId)).toEqual(value === null ? ['user E1 changedSince'] : []);
  });
});

test('groups that others use stay, with their managers', async () => {
  const { tenantId } = await reverted([first, { groups: [{ id: 'N', responsibleManager: 'E1' }] }, alone({ id: 'E2', groups: ['N'] })], 2);
  expect((await listGroups(at.db, tenantId, { externalId: 'N', limit: 1 })).items).toMatchObject([{ members: 1, managers: [] }]);
});

test('somebody of whom the journal tells nothing any more is not made again', async () => {
  const { run, tenantId } = await company(at.db);
  const { jobId } = await run(first);
  const back = await revertJob(at.db, tenantId, jobId);
  await at.db.pool.query(`update journal set before = '{}' where job_id = $1 and kind = 'user' and before ->> 'externalId' = 'E1'`, [back.jobId]);
  const again = await revertJob(at.db, tenantId, back.jobId);
  expect(again.changes).toMatchObject({ usersCreated: 1, membershipsAdded: 0 });
  expect((await listUsers(at.db, tenantId, { limit: 10 })).items.map(({ externalId }) => externalId)).toEqual(['E2']);
});
