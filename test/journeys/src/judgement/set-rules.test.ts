import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Job } from '@rosterport/domain';
import { rosterportJson } from '../product/command-line.ts';
import { read, rowsOf, uploadFile } from '../product/https-client.ts';
import { sendOverHttps } from '../product/send.ts';
import { sharedProduct } from '../product/shared-product.ts';
import { emptied } from '../stories.ts';
import { peopleFile, personOf } from './people.ts';

const at = sharedProduct();
let elsewhere: string;

beforeAll(async () => {
  await rosterportJson(at.product.dataDir, ['tenant', 'add', 'quisling']);
  elsewhere = (await rosterportJson<{ token: string }>(at.product.dataDir, ['token', 'issue', '--tenant', 'quisling', '--scope', 'upload'])).token;
});
beforeEach(() => emptied(at.database));

/** Each row of a job as its id, its result and its codes. */
async function told(job: Job): Promise<readonly string[]> {
  const rows = await rowsOf(at.product, job.id);
  return rows.map(({ externalId, result, issues }) => [externalId, result, ...new Set(issues.map(({ code }) => code).sort())].join(' '));
}

/** What the first finding of a job says of a circle. */
async function circleOf(job: Job): Promise<string | null | undefined> {
  return (await rowsOf(at.product, job.id))[0]?.issues[0]?.found;
}

const sendGroups = (...lines: string[]): Promise<Job> =>
  sendOverHttps(at.product, { fileName: 'groups.csv', bytes: ['OrgUnitID;Name;Description;ResponsibleManager;ParentOrgUnit', ...lines, ''].join('\n') });
const sendPeople = (rows: Parameters<typeof peopleFile>[0]): Promise<Job> => sendOverHttps(at.product, { bytes: peopleFile(rows) });

test('what is twice in a file rejects all rows concerned, and what the directory has rejects the row that would take it', async () => {
  await sendPeople([{ id: 'E1', email: 'taken@example.com', PhoneNumber: '+46 70 174 06 05' }]);
  const job = await sendPeople([
    { id: 'E2', email: 'Taken@Example.com', PhoneNumber: '' },
    { id: 'E3', PhoneNumber: '+46701740605' },
    { id: 'E4', email: 'twice@example.com' },
    { id: 'E5', email: 'TWICE@example.com' },
    { id: 'E6', PhoneNumber: '+46 70 174 06 06' },
    { id: 'E7', PhoneNumber: '+46701740606' },
    { id: 'E8' },
  ]);
  expect(await told(job)).toEqual([
    'E2 rejected validateNoEmailDuplicates',
    'E3 rejected validateNoPhoneDuplicates',
    'E4 rejected validateNoEmailDuplicates',
    'E5 rejected validateNoEmailDuplicates',
    'E6 rejected validateNoPhoneDuplicates',
    'E7 rejected validateNoPhoneDuplicates',
    'E8 created',
  ]);
});

test('what counts is the state after the file: an address may be handed over within one', async () => {
  await sendPeople([{ id: 'E1', first: 'Ada', email: 'desk@example.com' }, { id: 'E2' }, { id: 'E3' }, { id: 'E4' }]);
  const job = await sendPeople([{ id: 'E1', first: 'Ada', email: 'ada@example.com' }, { id: 'E5', email: 'desk@example.com' }]);
  expect([job.state, await told(job)]).toEqual(['applied', ['E1 updated', 'E5 created']]);
  expect(await personOf(at.product, 'E5')).toMatchObject({ email: 'desk@example.com' });
});

test('an e-mail of another company is refused without a word about that company', async () => {
  const theirs = await uploadFile(at.product, { fileName: 'theirs.csv', bytes: Buffer.from(peopleFile([{ id: 'SECRET-7', first: 'Zoe', email: 'zoe@example.com' }])), token: elsewhere });
  expect(theirs.status).toBe(200);
  const job = await sendPeople([{ id: 'E1', email: 'zoe@example.com' }, { id: 'E2' }]);
  expect(await told(job)).toEqual(['E1 rejected validateDuplicateMailInAnotherCompany', 'E2 created']);
  const report = JSON.stringify([await read(at.product, `/v1/jobs/${job.id}/report`), await rowsOf(at.product, job.id)]);
  for (const word of ['quisling', 'SECRET-7', 'Zoe', 'theirs.csv']) expect(report).not.toContain(word);
});

test('a manager who is unknown, has a common name, or is the person is a warning; rejection does not reach who refers to it', async () => {
  const job = await sendPeople([
    { id: 'E1', 'Group memberships': 'G1', 'Employee ManagerID': 'E9' },
    { id: 'E2', 'Group memberships': 'G2', EmployeeManagerName: 'Sam Twin' },
    { id: 'E3', 'Group memberships': 'G3', 'Employee ManagerID': 'E3' },
    { id: 'E4', first: 'Sam', last: 'Twin' },
    { id: 'E5', first: 'Sam', last: 'Twin' },
    { id: 'E6', 'Group memberships': 'G4', 'Employee ManagerID': 'E7' },
    { id: 'E7', Language: 'swedish' },
  ]);
  expect(await told(job)).toEqual([
    'E1 created validateGroupExists validateManagerExists',
    'E2 created validateGroupExists validateManagerNameIsUnique',
    'E3 created validateGroupExists validateManagerIsSomeoneElse',
    'E4 created',
    'E5 created',
    'E6 created validateGroupExists validateManagerExists',
    'E7 rejected validateLanguage',
  ]);
  // The fact was kept: the manager arrives, and manages.
  await sendPeople([{ id: 'E9' }]);
  const groups = await read<{ items: { externalId: string; managers: { externalId: string }[] }[] }>(at.product, '/v1/groups?externalId=G1');
  expect(groups.items[0]?.managers.map(({ externalId }) => externalId)).toEqual(['E9']);
});

test('every member of a circle of groups is rejected, also of one with the directory; an unknown parent is a warning', async () => {
  await sendGroups('G1;One;;;', 'G2;Two;;;G1', 'G3;Three;;;G2');
  const moved = await sendGroups('G1;One;;;G3', 'G4;Four;;;G9');
  expect(await told(moved)).toEqual(['G1 rejected validateNoGroupCycles', 'G4 created validateParentGroupExists']);
  for (const id of ['G1', 'G2', 'G3']) expect(await circleOf(moved)).toContain(id);
  const inside = await sendGroups('A1;A;;;C1', 'B1;B;;;A1', 'C1;C;;;B1', 'D1;D;;;C1');
  expect((await told(inside)).map((line) => line.split(' ', 2).join(' '))).toEqual(['A1 rejected', 'B1 rejected', 'C1 rejected', 'D1 created']);
  for (const id of ['A1', 'B1', 'C1']) expect(await circleOf(inside)).toContain(id);
});
