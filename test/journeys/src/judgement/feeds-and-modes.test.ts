import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Job, TenantEvent } from '@rosterport/domain';
import { rosterport, rosterportJson } from '../product/command-line.ts';
import { readAll, rowsOf, uploadFile } from '../product/https-client.ts';
import { breachesOf, refusalOf, tell } from '../product/operator.ts';
import { sendOverHttps, sendOverSftp } from '../product/send.ts';
import { list, put, withSftp } from '../product/sftp-client.ts';
import { sharedProduct } from '../product/shared-product.ts';
import { emptied } from '../stories.ts';
import { crew, peopleFile, peopleOf } from './people.ts';

const at = sharedProduct();

interface Feed {
  readonly name: string;
  readonly mode: string;
  readonly policy: { readonly unknownGroup: string; readonly guards: object };
}

beforeAll(async () => {
  const made = await tell<Feed>(at.product, { method: 'POST', path: '/v1/admin/feeds', json: { name: 'nightly', source: 'files', mode: 'full' } });
  expect(made).toMatchObject({ name: 'nightly', mode: 'full', enabled: true, policy: { unknownGroup: 'create', clearToken: null } });
});
beforeEach(async () => {
  await emptied(at.database);
  await change('nightly', { mode: 'full' });
});

const change = (name: string, json: object): Promise<Feed> => tell<Feed>(at.product, { method: 'PATCH', path: `/v1/admin/feeds/${name}`, json });

test('feeds are listed and changed, and what they cannot be is refused', async () => {
  const changed = await change('nightly', { policy: { unknownGroup: 'skip', guards: { updates: null } } });
  expect(changed.policy).toMatchObject({ unknownGroup: 'skip', guards: { updates: null, deactivations: { share: 0.1, people: 5 } } });
  const { items } = await tell<{ items: Feed[] }>(at.product, { path: '/v1/admin/feeds' });
  expect(items.map(({ name, mode }) => [name, mode])).toEqual([['default', 'delta'], ['nightly', 'full']]);
  const edits = await readAll<TenantEvent>(at.product, '/v1/events?kind=feedChanged');
  expect(edits[0]).toMatchObject({ feed: 'nightly', by: 'first run: operator', details: { change: 'changed' } });

  const path = '/v1/admin/feeds';
  expect(await refusalOf(at.product, { method: 'POST', path, json: { name: 'nightly' } })).toEqual([409, 'feedExists']);
  expect(await refusalOf(at.product, { method: 'POST', path, json: { name: 'No Name' } })).toEqual([400, 'feedInvalid']);
  expect((await refusalOf(at.product, { method: 'PATCH', path: `${path}/nightly`, json: { mode: 'both' } }))[0]).toBe(400);
  expect((await refusalOf(at.product, { method: 'PATCH', path: `${path}/none`, json: {} }))[0]).toBe(404);
  expect(await refusalOf(at.product, { method: 'PATCH', path: `${path}/nightly`, json: {}, token: at.product.facts.reportToken })).toEqual([403, 'scopeMissing']);
});

test('folder and request choose feed and mode; what they leave open the feed says', async () => {
  const bytes = peopleFile([{ id: 'E1' }]);
  const jobs = [
    await sendOverSftp(at.product, '/users.csv', bytes),
    await sendOverSftp(at.product, '/full/users.csv', bytes),
    await sendOverSftp(at.product, '/feeds/nightly/users.csv', bytes),
    await sendOverSftp(at.product, '/feeds/nightly/delta/users.csv', bytes),
    await sendOverHttps(at.product, { bytes }),
    await sendOverHttps(at.product, { bytes, query: 'feed=nightly' }),
    await sendOverHttps(at.product, { bytes, query: 'feed=nightly&mode=delta' }),
  ];
  expect(jobs.map(({ feed, mode, state }) => `${feed} ${mode} ${state}`)).toEqual([
    'default delta applied',
    'default full applied',
    'nightly full applied',
    'nightly delta applied',
    'default delta applied',
    'nightly full applied',
    'nightly delta applied',
  ]);
  await withSftp(at.product, async (sftp) => {
    expect(await list(sftp, '/feeds')).toEqual(expect.arrayContaining(['default', 'nightly']));
    await expect(put(sftp, '/feeds/none/users.csv', Buffer.from(bytes))).rejects.toThrow();
  });
  expect((await uploadFile(at.product, { fileName: 'users.csv', bytes: Buffer.from(bytes), path: '/v1/files?feed=none' })).status).toBe(404);
});

test('the command line makes feeds, and credentials that choose one', async () => {
  const { dataDir } = at.product;
  const typed = ['feed', 'add', '--tenant', 'demo', 'monthly', '--source', 'files', '--unknown-group', 'skip', '--guard', 'deactivations=50%,2'];
  expect(await rosterportJson<Feed>(dataDir, typed)).toMatchObject({ name: 'monthly', mode: 'delta', policy: { unknownGroup: 'skip', guards: { deactivations: { share: 0.5, people: 2 } } } });
  expect((await rosterport(dataDir, ['feed', 'list', '--tenant', 'demo'])).out).toContain('monthly');
  const { token } = await rosterportJson<{ token: string }>(dataDir, ['token', 'issue', '--tenant', 'demo', '--feed', 'monthly', '--mode', 'full']);
  const bytes = peopleFile([{ id: 'E1' }]);
  const jobs = [
    await sendOverHttps(at.product, { bytes, token }),
    await sendOverHttps(at.product, { bytes, token, query: 'mode=delta' }),
    await sendOverHttps(at.product, { bytes, token, query: 'feed=nightly' }),
  ];
  expect(jobs.map(({ feed, mode }) => `${feed} ${mode}`)).toEqual(['monthly full', 'monthly delta', 'nightly full']);
});

test('a full file deactivates absent people whom its source manages, and nobody else', async () => {
  await sendOverHttps(at.product, { bytes: peopleFile(crew(4)) });
  await tell(at.product, { method: 'POST', path: '/v1/admin/feeds', json: { name: 'consultants' } });
  await sendOverHttps(at.product, { bytes: peopleFile([{ id: 'X1' }]), query: 'feed=consultants' });
  for (const [firstName, administrator] of [['Hanna', false], ['Root', true]] as const) {
    await tell(at.product, { method: 'POST', path: '/v1/users', json: { firstName, lastName: 'Hand', email: `${firstName.toLowerCase()}@example.com`, administrator } });
  }
  const job = await sendOverSftp(at.product, '/full/users.csv', peopleFile(crew(2)));
  expect(job).toMatchObject({ state: 'applied', changes: { usersDeactivated: 2 } });
  expect(await peopleOf(at.product)).toEqual(['E1', 'E2', 'E3 absence', 'E4 absence', 'Hanna', 'Root', 'X1']);
});

test('a few changes in the wrong folder are caught by the guards', async () => {
  await sendOverHttps(at.product, { bytes: peopleFile(crew(20)) });
  const job = await sendOverSftp(at.product, '/full/changes.csv', peopleFile([{ id: 'E3', last: 'Married' }]));
  expect(job).toMatchObject({ state: 'held', changes: { usersDeactivated: 19 } });
  expect(breachesOf(job)).toEqual(['validateDeactivationShare']);
  expect(await peopleOf(at.product)).toHaveLength(20);
  expect((await peopleOf(at.product)).filter((person) => person.includes(' '))).toEqual([]);
});

const withGroup = (id: string): string => peopleFile([{ id: 'E1', 'Group memberships': id }, { id: 'E2' }]);
const results = async (job: Job): Promise<unknown> => [job.state, ...(await rowsOf(at.product, job.id)).map(({ result, issues }) => [result, ...issues.map(({ code }) => code)].join(' '))];

test('each feed says what becomes of unknown groups, unknown attributes and faulty rows', async () => {
  await change('default', { policy: { unknownGroup: 'skip' } });
  expect(await results(await sendOverHttps(at.product, { bytes: withGroup('G1') }))).toEqual(['applied', 'created validateGroupExists', 'created']);
  await change('default', { policy: { unknownGroup: 'reject' } });
  expect(await results(await sendOverHttps(at.product, { bytes: withGroup('G1') }))).toEqual(['applied', 'rejected validateGroupExists', 'unchanged']);
  expect(await results(await sendOverHttps(at.product, { bytes: withGroup('G1'), query: 'feed=nightly&mode=delta' }))).toEqual(['applied', 'updated validateGroupExists', 'unchanged']);
  await change('default', { policy: { unknownAttribute: 'strict', rowError: 'rejectFile' } });
  const refused = await sendOverHttps(at.product, { bytes: peopleFile([{ id: 'E1', City: 'Lund' }, { id: 'E2' }, { id: 'E3' }]) });
  expect(refused.state).toBe('rejected');
  expect(refused.issues.map(({ code }) => code)).toEqual(['validateRowErrors', 'validateExternalProperties']);
  expect(await peopleOf(at.product)).toEqual(['E1', 'E2']);
});
