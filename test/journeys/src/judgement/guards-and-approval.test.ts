import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Job, RecordChange } from '@rosterport/domain';
import { rosterport, rosterportJson } from '../product/command-line.ts';
import { directoryOf, read, uploadFile } from '../product/https-client.ts';
import { approve, breachesOf, changesOf, discard, eventsOf, jobIn, refusalOf, settledJob, tell } from '../product/operator.ts';
import { sendOverHttps, sendOverSftp } from '../product/send.ts';
import { get, list, withSftp } from '../product/sftp-client.ts';
import { sharedProduct } from '../product/shared-product.ts';
import { emptied } from '../stories.ts';
import { crew, peopleFile, peopleOf, personOf } from './people.ts';

const at = sharedProduct();
let elsewhere: string;

beforeAll(async () => {
  await tell(at.product, { method: 'POST', path: '/v1/admin/feeds', json: { name: 'second', source: 'files' } });
  await rosterportJson(at.product.dataDir, ['tenant', 'add', 'other']);
  elsewhere = (await rosterportJson<{ token: string }>(at.product.dataDir, ['token', 'issue', '--tenant', 'other'])).token;
});
beforeEach(async () => {
  await emptied(at.database);
  await sendOverHttps(at.product, { bytes: peopleFile(crew(20)) });
});

const type = (...typed: string[]) => rosterport(at.product.dataDir, typed);
/** A full file without E11 to E20. */
const sendHalf = (): Promise<Job> => sendOverSftp(at.product, '/full/half.csv', peopleFile(crew(10)));
const gone = Array.from({ length: 10 }, (_, index) => `E${index + 11}`);

test('a held job lists who and what would change, everywhere, before anything changes', async () => {
  const before = await directoryOf(at.product);
  const job = await sendOverSftp(at.product, '/full/half.csv', peopleFile([...crew(9), { id: 'E10', last: 'Married' }, { id: 'E21' }]));
  expect(job).toMatchObject({ state: 'held', finishedAt: null, changes: { usersDeactivated: 10, usersUpdated: 1, usersCreated: 1 } });
  expect(await directoryOf(at.product)).toEqual(before);

  const changes = await changesOf(at.product, job.id);
  const leave = changes.filter(({ action }) => action === 'deactivated');
  expect(leave.map(({ externalId }) => externalId)).toEqual(gone);
  expect(changes.filter(({ action }) => action === 'updated')).toMatchObject([{ externalId: 'E10', row: 11, values: [{ field: 'lastName', before: 'Last E10', after: 'Married' }] }]);
  expect(changes.filter(({ action }) => action === 'created')).toMatchObject([{ externalId: 'E21', row: 12 }]);

  const typed = await rosterportJson<RecordChange[]>(at.product.dataDir, ['changes', job.id, '--action', 'deactivated']);
  expect(typed).toEqual(leave);
  expect((await type('changes', job.id, '--action', 'updated')).out).toContain('Last E10 -> Married');
  const report = await type('report', job.id);
  for (const words of ['held until a person decides', 'validateDeactivationShare', '10 of 20 people', 'First E11 Last E11 (E11) would be deactivated', `rosterport approve ${job.id}`]) {
    expect(report.out).toContain(words);
  }
  // What is left for the sender tells of it too, without anybody's name.
  const receipt = await withSftp(at.product, async (sftp) => {
    const name = (await list(sftp, '/receipts')).find((one) => one.includes(job.id) && one.endsWith('.json'));
    return (await get(sftp, `/receipts/${name ?? ''}`)).toString();
  });
  expect(JSON.parse(receipt)).toMatchObject({ state: 'held', guards: [{ code: 'validateDeactivationShare' }] });
  expect(receipt).not.toContain('Married');
});

test('all guards look at a file, and all that find something are listed', async () => {
  await emptied(at.database, { clearToken: '#CLEAR' });
  await sendOverSftp(at.product, '/full/all.csv', peopleFile(crew(20, { City: 'Lund' })));
  const swapped = [{ id: 'E1', first: 'First E2', last: 'Last E2', email: 'e2@example.com' }, { id: 'E2', first: 'First E1', last: 'Last E1', email: 'e1@example.com' }];
  const renamed = { id: 'N3', first: 'First E3', last: 'Last E3', email: 'e3@example.com' };
  const rows = [...swapped, renamed, { id: '' }, ...crew(8).slice(4)].map((row) => ({ ...row, City: '#CLEAR' }));
  const job = await sendOverSftp(at.product, '/full/wild.csv', peopleFile(rows).trimEnd());
  expect([job.state, breachesOf(job)]).toEqual([
    'held',
    ['validateDeactivationShare', 'validateEmptiedColumns', 'validateRowCount', 'validateSwappedIds', 'validateRenamedIds', 'validateReadableIds', 'validateWholeLastLine'],
  ]);
  expect((await discard(at.product, job.id)).state).toBe('discarded');
  expect(await peopleOf(at.product)).toHaveLength(20);
});

test('the command line approves what was seen, and every step is an event', async () => {
  const { id, fingerprint } = await sendHalf();
  const away = await type('approve', id);
  expect(away).toMatchObject({ code: 2 });
  expect(away.err).toContain('--yes');
  const done = await type('approve', id, '--yes');
  expect(done).toMatchObject({ code: 0 });
  expect(await peopleOf(at.product)).toEqual([...crew(10).map((row) => row.id), ...gone.map((one) => `${one} absence`)]);
  expect((await eventsOf(at.product, id)).map(({ kind, by, details }) => [kind, by, details['fingerprint'] ?? null])).toEqual([
    ['jobApproved', 'first run: operator', fingerprint],
    ['jobHeld', null, null],
  ]);
  expect((await type('approve', id, '--yes')).code).toBe(6);
});

test('who may not decide cannot; who discards changes nothing', async () => {
  const { id, fingerprint } = await sendHalf();
  const { token, reportToken } = at.product.facts;
  for (const one of [token, reportToken]) {
    expect(await refusalOf(at.product, { method: 'POST', path: `/v1/jobs/${id}/approve`, json: { fingerprint }, token: one })).toEqual([403, 'scopeMissing']);
    expect(await refusalOf(at.product, { method: 'POST', path: `/v1/jobs/${id}/discard`, token: one })).toEqual([403, 'scopeMissing']);
  }
  expect(await refusalOf(at.product, { method: 'POST', path: `/v1/jobs/${id}/approve`, json: { fingerprint: '0'.repeat(64) } })).toEqual([409, 'planIsAnother']);
  expect(await type('discard', id)).toMatchObject({ code: 0, err: '' });
  expect((await read<Job>(at.product, `/v1/jobs/${id}`)).state).toBe('discarded');
  expect(await peopleOf(at.product)).toEqual(crew(20).map((row) => row.id));
  expect(await refusalOf(at.product, { method: 'POST', path: `/v1/jobs/${id}/approve`, json: { fingerprint } })).toEqual([409, 'jobNotHeld']);
});

test('an override puts one guard off for one run; the others still hold', async () => {
  await sendOverSftp(at.product, '/full/all.csv', peopleFile(crew(20)));
  const { id } = await sendOverSftp(at.product, '/full/few.csv', peopleFile(crew(5)));
  const again = await approve(at.product, id, ['deactivations']);
  expect([again.state, breachesOf(again)]).toEqual(['held', ['validateRowCount']]);
  expect(await type('approve', id, '--override', 'deactivations,missingRows', '--yes')).toMatchObject({ code: 0 });
  expect((await read<Job>(at.product, `/v1/jobs/${id}`)).changes.usersDeactivated).toBe(15);
  // For one run: the next full file is judged as ever.
  expect((await sendOverSftp(at.product, '/full/all.csv', peopleFile(crew(1)))).state).toBe('held');
});

test('an approval is bound to the plan: when the directory moves, it is planned again and held again', async () => {
  const held = await sendHalf();
  expect((await sendOverHttps(at.product, { bytes: peopleFile([{ id: 'E20', last: 'Married' }, { id: 'E11', Active: '0' }]), query: 'feed=second' })).state).toBe('applied');
  const again = await approve(at.product, held.id);
  expect([again.state, breachesOf(again)]).toEqual(['held', ['validateApprovedPlan', 'validateDeactivationShare']]);
  expect(again.fingerprint).not.toBe(held.fingerprint);
  expect(again.changes.usersDeactivated).toBe(9);
  expect(await peopleOf(at.product)).toEqual([...crew(10).map((row) => row.id), 'E11 cell', ...gone.slice(1)]);
  expect(await approve(at.product, held.id)).toMatchObject({ state: 'applied', changes: { usersDeactivated: 9 } });
});

test('later files of the feed wait; another feed and another tenant go on', async () => {
  const held = await sendHalf();
  const later = await sendOverHttps(at.product, { bytes: peopleFile([{ id: 'E1', City: 'Lund' }]) });
  const second = await sendOverHttps(at.product, { bytes: peopleFile([{ id: 'E2', City: 'Oslo' }]), query: 'feed=second' });
  const theirs = await uploadFile(at.product, { fileName: 'theirs.csv', bytes: Buffer.from(peopleFile([{ id: 'Z1' }])), token: elsewhere });
  expect([later.state, second.state, theirs.status]).toEqual(['waiting', 'applied', 200]);
  expect((await personOf(at.product, 'E1')).attributes).toEqual({});
  await discard(at.product, held.id);
  await jobIn(at.product, later.id, 'applied');
  expect((await personOf(at.product, 'E1')).attributes).toEqual({ City: 'Lund' });
});

test('where the feed says so, a later full file takes the place of the held one', async () => {
  await tell(at.product, { method: 'PATCH', path: '/v1/admin/feeds/default', json: { policy: { laterFiles: 'supersede' } } });
  const held = await sendHalf();
  const whole = await sendOverSftp(at.product, '/full/whole.csv', peopleFile(crew(20)));
  expect([whole.state, (await settledJob(at.product, held.id)).state]).toEqual(['applied', 'superseded']);
  expect((await eventsOf(at.product, held.id)).map(({ kind }) => kind)).toEqual(['jobSuperseded', 'jobHeld']);
});
