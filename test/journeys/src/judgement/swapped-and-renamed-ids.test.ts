import { beforeEach, expect, test } from '@jest/globals';
import { rosterport } from '../product/command-line.ts';
import { directoryOf } from '../product/https-client.ts';
import { approve, breachesOf, changesOf, discard } from '../product/operator.ts';
import { sendOverHttps, sendOverSftp } from '../product/send.ts';
import { sharedProduct } from '../product/shared-product.ts';
import { emptied } from '../stories.ts';
import { crew, peopleFile, peopleOf, personOf } from './people.ts';

const at = sharedProduct();
const inGroup = { 'Group memberships': 'G1' };

beforeEach(async () => {
  await emptied(at.database);
  await sendOverSftp(at.product, '/full/users.csv', peopleFile(crew(8, inGroup)));
});

test('two people who exchange ids are held, and nobody gets the data of another', async () => {
  const before = await directoryOf(at.product);
  const exchanged = [
    { id: 'E1', first: 'First E2', last: 'Last E2', email: 'e2@example.com' },
    { id: 'E2', first: 'First E1', last: 'Last E1', email: 'e1@example.com' },
  ];
  const job = await sendOverHttps(at.product, { bytes: peopleFile(exchanged) });
  expect([job.state, breachesOf(job), job.issues[0]?.found]).toEqual(['held', ['validateSwappedIds'], 'E1, E2']);
  expect(await directoryOf(at.product)).toEqual(before);
  const { out } = await rosterport(at.product.dataDir, ['changes', job.id]);
  expect(out).toContain('e1@example.com -> e2@example.com');
  await discard(at.product, job.id);
  expect(await directoryOf(at.product)).toEqual(before);
});

test('name and e-mail that both change on one id are held', async () => {
  const job = await sendOverHttps(at.product, { bytes: peopleFile([{ id: 'E3', first: 'Somebody', last: 'Else', email: 'else@example.com' }]) });
  expect([job.state, breachesOf(job), job.issues[0]?.found]).toEqual(['held', ['validateSwappedIds'], 'E3']);
  // A marriage or a new address alone is a change like any other.
  await discard(at.product, job.id);
  const married = await sendOverHttps(at.product, { bytes: peopleFile([{ id: 'E3', last: 'Married' }, { id: 'E4', email: 'new@example.com' }]) });
  expect(married).toMatchObject({ state: 'applied', counts: { updated: 2 } });
});

test('an id that vanishes while its e-mail appears under another one is proposed as a rename', async () => {
  const person = await personOf(at.product, 'E1');
  const bytes = peopleFile([...crew(8, inGroup).slice(1), { id: 'N1', first: 'First E1', last: 'Last E1', email: 'e1@example.com', ...inGroup }]);
  const job = await sendOverSftp(at.product, '/full/users.csv', bytes);
  expect([job.state, breachesOf(job), job.issues[0]?.found]).toEqual(['held', ['validateRenamedIds'], 'E1 -> N1']);
  expect(job.changes).toMatchObject({ usersCreated: 0, usersDeactivated: 0, usersUpdated: 1 });
  const [change] = await changesOf(at.product, job.id);
  expect(change).toMatchObject({ action: 'updated', id: person.id, values: expect.arrayContaining([{ field: 'externalId', before: 'E1', after: 'N1' }]) });

  expect(await approve(at.product, job.id)).toMatchObject({ state: 'applied', changes: { usersCreated: 0, usersDeactivated: 0, usersUpdated: 1, membershipsRemoved: 0 } });
  expect(await personOf(at.product, 'N1')).toEqual({ ...person, externalId: 'N1' });
  expect(await peopleOf(at.product)).toEqual(['E2', 'E3', 'E4', 'E5', 'E6', 'E7', 'E8', 'N1']);
  expect((await sendOverSftp(at.product, '/full/users.csv', bytes)).counts.unchanged).toBe(8);
});
