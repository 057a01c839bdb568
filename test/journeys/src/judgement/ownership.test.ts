import { beforeEach, expect, test } from '@jest/globals';
import type { TenantEvent } from '@rosterport/domain';
import { rosterport, rosterportJson } from '../product/command-line.ts';
import { readAll } from '../product/https-client.ts';
import { approve, breachesOf, refusalOf, tell } from '../product/operator.ts';
import { sendOverHttps, sendOverSftp } from '../product/send.ts';
import { sharedProduct } from '../product/shared-product.ts';
import { emptied } from '../stories.ts';
import { crew, peopleFile, peopleOf, personOf } from './people.ts';

const at = sharedProduct();
beforeEach(() => emptied(at.database));

const enable = (enabled: boolean): Promise<unknown> => rosterportJson(at.product.dataDir, ['feed', enabled ? 'enable' : 'disable', '--tenant', 'demo', 'default']);
const send = (rows: Parameters<typeof peopleFile>[0]) => sendOverHttps(at.product, { bytes: peopleFile(rows) });

test('people of a feed cannot be edited by hand while it is master, by nobody', async () => {
  await send(crew(3, { 'Group memberships': 'G1' }));
  const { id } = await personOf(at.product, 'E1');
  expect(await refusalOf(at.product, { method: 'PATCH', path: `/v1/users/${id}`, json: { lastName: 'Mine' } })).toEqual([409, 'userManaged']);
  const typed = await rosterport(at.product.dataDir, ['user', 'edit', 'E1', '--last-name', 'Mine']);
  expect(typed).toMatchObject({ code: 6, out: '' });
  expect(typed.err).toContain('belongs to the source `files`');
  const { items } = await tell<{ items: { id: string }[] }>(at.product, { path: '/v1/groups' });
  expect(await refusalOf(at.product, { method: 'PATCH', path: `/v1/groups/${items[0]?.id ?? ''}`, json: { name: 'Mine' } })).toEqual([409, 'groupManaged']);
  expect(await personOf(at.product, 'E1')).toMatchObject({ lastName: 'Last E1', source: 'files' });
});

test('people made by hand are edited by hand, and each edit is an event that tells no value', async () => {
  const made = await rosterportJson<{ id: string; source: null }>(at.product.dataDir, ['user', 'add', '--first-name', 'Hanna', '--last-name', 'Hand', '--email', 'hanna@example.com']);
  expect(made.source).toBeNull();
  const edited = await tell(at.product, { method: 'PATCH', path: `/v1/users/${made.id}`, json: { phone: '+46 70 174 06 05' } });
  expect(edited).toMatchObject({ firstName: 'Hanna', phone: '+46701740605' });
  expect(await refusalOf(at.product, { method: 'PATCH', path: `/v1/users/${made.id}`, json: { phone: '070-12' } })).toEqual([400, 'valueInvalid']);
  const events = await readAll<TenantEvent>(at.product, '/v1/events?kind=userEdited');
  expect(events.map(({ by, details }) => [by, details])).toEqual([
    ['first run: operator', { id: made.id, action: 'updated', changed: ['phone'] }],
    ['first run: operator', { id: made.id, action: 'created', changed: expect.arrayContaining(['firstName', 'email']) }],
  ]);
  expect(JSON.stringify(events)).not.toMatch(/Hanna|4670174/i);
});

test('a disabled feed leaves everybody; enabled again it finds them by e-mail, whatever ids they have, and makes no second account', async () => {
  await send(crew(4));
  const before = await tell<{ items: object[] }>(at.product, { path: '/v1/users' });
  await enable(false);
  expect(await tell(at.product, { path: '/v1/users' })).toEqual(before);
  const refused = await sendOverSftp(at.product, '/full/users.csv', peopleFile(crew(1)));
  expect([refused.state, refused.issues.map(({ code }) => code)]).toEqual(['rejected', ['validateFeedIsEnabled']]);
  const { id } = await personOf(at.product, 'E2');
  await tell(at.product, { method: 'PATCH', path: `/v1/users/${id}`, json: { lastName: 'By hand' } });

  await enable(true);
  // The HR system has been replaced meanwhile: everybody has another id, and the e-mail that they had.
  const rows = ['E1', 'E2', 'E3', 'E4'].map((old, index) => ({ id: `N${index + 1}`, first: `First ${old}`, last: `Last ${old}`, email: `${old.toLowerCase()}@example.com` }));
  const job = await sendOverSftp(at.product, '/full/users.csv', peopleFile(rows));
  expect([job.state, breachesOf(job)]).toEqual(['held', ['validateUpdateShare']]);
  const approved = await approve(at.product, job.id);
  expect(approved).toMatchObject({ state: 'applied', changes: { usersCreated: 0, usersDeactivated: 0, usersUpdated: 4 } });
  expect(await peopleOf(at.product)).toEqual(['N1', 'N2', 'N3', 'N4']);
  expect(await personOf(at.product, 'N2')).toMatchObject({ id, lastName: 'Last E2' });

  // From then on the id alone counts: a new e-mail is a change, and not another person.
  const later = await send([{ id: 'N2', first: 'First E2', last: 'Last E2', email: 'new@example.com' }]);
  expect([later.state, later.counts.updated]).toEqual(['applied', 1]);
  expect(await personOf(at.product, 'N2')).toMatchObject({ id, email: 'new@example.com' });
  expect(await refusalOf(at.product, { method: 'PATCH', path: `/v1/users/${id}`, json: { lastName: 'Mine' } })).toEqual([409, 'userManaged']);
});
