import { beforeEach, expect, test } from '@jest/globals';
import { shownDirectory } from '@rosterport/fixtures';
import type { Job, Page } from '@rosterport/domain';
import { rosterport, rosterportJson } from '../product/command-line.ts';
import { directoryOf, read, rowsOf } from '../product/https-client.ts';
import { changesOf, eventsOf, refusalOf, revert, tell } from '../product/operator.ts';
import { sendOverHttps, sendOverSftp } from '../product/send.ts';
import { sharedProduct } from '../product/shared-product.ts';
import { emptied } from '../stories.ts';
import { crew, peopleFile, peopleOf, personOf } from './people.ts';

const at = sharedProduct();
beforeEach(() => emptied(at.database));

/** What people see of the directory, with its attributes; ids of records made again may be others. */
async function seen(): Promise<unknown> {
  const { users, groups } = await directoryOf(at.product);
  const attributes = await tell<Page<object>>(at.product, { path: '/v1/admin/attributes' });
  return { ...shownDirectory(users, groups), attributes, causes: await peopleOf(at.product) };
}

/** Something of every kind: a new person, group, attribute, value, link and manager, and a person who leaves. */
const upheaval = peopleFile([
  { id: 'E1', last: 'Married', City: 'Lund', 'Group memberships': 'G2', 'Employee ManagerID': 'E2' },
  { id: 'E2', Active: '', PhoneNumber: '+46 70 174 06 05' },
  { id: 'E3', Active: '0' },
  { id: 'N1', 'Group memberships': 'G2' },
]);

async function prepared(): Promise<readonly [before: unknown, job: Job, after: unknown]> {
  await sendOverHttps(at.product, { bytes: peopleFile(crew(8, { 'Group memberships': 'G1', 'Employee ManagerID': 'E8' })) });
  const before = await seen();
  const job = await sendOverSftp(at.product, '/delta/upheaval.csv', upheaval);
  expect(job).toMatchObject({ state: 'applied', changes: { usersCreated: 1, usersUpdated: 2, usersDeactivated: 1, groupsCreated: 1, attributesDefined: 1 } });
  return [before, job, await seen()];
}

test('an applied job is undone by a job of its own, with a report, and the same file applies again', async () => {
  const [before, job, after] = await prepared();
  const undone = await revert(at.product, job.id);
  expect(undone).toMatchObject({ state: 'applied', kind: 'revert', reverts: job.id, fileName: 'upheaval.csv', changes: { usersRemoved: 1, usersUpdated: 2, usersReactivated: 1, groupsRemoved: 1, attributesRemoved: 1 } });
  expect(await seen()).toEqual(before);
  expect(await read<Job>(at.product, `/v1/jobs/${job.id}`)).toMatchObject({ state: 'applied', revertedBy: undone.id });
  expect((await eventsOf(at.product, job.id))[0]).toMatchObject({ kind: 'jobReverted', by: 'first run: operator' });
  expect((await changesOf(at.product, undone.id)).map(({ kind, action }) => `${kind} ${action}`).toSorted()).toEqual([
    'attribute removed', 'group removed', 'user reactivated', 'user removed', 'user updated', 'user updated',
  ]);
  expect((await rosterport(at.product.dataDir, ['report', undone.id])).out).toContain('Revert of upheaval.csv: applied.');
  expect((await rosterport(at.product.dataDir, ['changes', undone.id])).out).toContain('Married -> Last E1');

  const again = await sendOverSftp(at.product, '/delta/upheaval.csv', upheaval);
  expect([again.state, again.counts]).toEqual([job.state, job.counts]);
  expect(await seen()).toEqual(after);
});

test('a revert of a revert brings everything back', async () => {
  const [before, job, after] = await prepared();
  const undone = await revert(at.product, job.id);
  expect(await seen()).toEqual(before);
  const back = await revert(at.product, undone.id);
  expect(back).toMatchObject({ state: 'applied', kind: 'revert', reverts: undone.id });
  expect(await seen()).toEqual(after);
  expect(await revert(at.product, back.id)).toMatchObject({ state: 'applied' });
  expect(await seen()).toEqual(before);
});

test('what was changed or used later is left and listed', async () => {
  const [, job] = await prepared();
  await sendOverHttps(at.product, { bytes: peopleFile([{ id: 'E1', last: 'Divorced' }, { id: 'E4', 'Group memberships': 'G2' }]) });
  const typed = await rosterport(at.product.dataDir, ['revert', job.id, '--json']);
  const undone = JSON.parse(typed.out) as Job;
  expect(undone.issues.map(({ code }) => code)).toContain('validateNothingChangedSince');
  const kept = (await changesOf(at.product, undone.id)).filter(({ action }) => action === 'kept');
  expect(kept.map(({ kind, externalId, reason }) => [kind, externalId, reason]).toSorted()).toEqual([['group', 'G2', 'referenced'], ['user', 'E1', 'changedSince']]);
  // Of Ada only the name stays; what nobody touched went back.
  expect(await personOf(at.product, 'E1')).toMatchObject({ lastName: 'Divorced', attributes: {}, groups: [{ externalId: 'G1' }] });
  expect(await personOf(at.product, 'E4')).toMatchObject({ groups: [{ externalId: 'G2' }] });
  expect(await peopleOf(at.product)).toEqual(crew(8).map(({ id }) => id));
  const { out } = await rosterport(at.product.dataDir, ['report', undone.id]);
  expect(out).toContain('E1');
  expect(out).toContain('G2');
  expect(await rowsOf(at.product, undone.id)).toEqual([]);
});

test('only applied jobs can be undone, once, by those who may', async () => {
  const [, job] = await prepared();
  const path = `/v1/jobs/${job.id}/revert`;
  expect(await refusalOf(at.product, { method: 'POST', path, token: at.product.facts.reportToken })).toEqual([403, 'scopeMissing']);
  await revert(at.product, job.id);
  expect(await refusalOf(at.product, { method: 'POST', path })).toEqual([409, 'alreadyReverted']);
  const refused = await sendOverHttps(at.product, { bytes: 'a,b\n' });
  expect(await refusalOf(at.product, { method: 'POST', path: `/v1/jobs/${refused.id}/revert` })).toEqual([409, 'jobNotApplied']);
  const jobs = await rosterportJson<Job[]>(at.product.dataDir, ['jobs']);
  expect(jobs.map(({ kind, state }) => `${kind} ${state}`)).toEqual(['file rejected', 'revert applied', 'file applied', 'file applied']);
});
