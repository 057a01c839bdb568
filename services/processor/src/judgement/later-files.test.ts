import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { FeedId, FeedPolicy, JobId } from '@rosterport/domain';
import { findJob, listEvents } from '@rosterport/jobs';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { breachesOf, openFirm, rowsOf, type Firm } from '../testing/firm.ts';

const at = testDatabase();
const folder = temporaryFolder();
const full = { mode: 'full' } as const;

/** A firm of twenty, one file of which is held: E11 to E20 are absent from it. */
async function withHeld(policy: Partial<FeedPolicy>, work: (firm: Firm, held: JobId) => Promise<void>): Promise<void> {
  const firm = await openFirm({ database: at.db, folder, policy });
  try {
    await firm.sendPeople(rowsOf(1, 20));
    const { job } = await firm.sendPeople(rowsOf(1, 10), full);
    expect(job.state).toBe('held');
    await work(firm, job.id);
  } finally {
    await firm.close();
  }
}

const stateOf = async (firm: Firm, jobId: JobId): Promise<string> => (await findJob(at.db, firm.tenant.id, jobId)).state;
const cityOf = async (firm: Firm, id: string): Promise<unknown> =>
  (await firm.directory()).users.find((user) => user.externalId === id)?.attributes['City'];

test('wait, and apply in their order once the held one is discarded', async () => {
  await withHeld({}, async (firm, held) => {
    const first = (await firm.sendPeople([{ id: 'E1', City: 'Lund' }])).job;
    const second = (await firm.sendPeople([{ id: 'E1', City: 'Oslo' }])).job;
    expect([first.state, second.state, await cityOf(firm, 'E1')]).toEqual(['waiting', 'waiting', undefined]);
    await firm.discard(await findJob(at.db, firm.tenant.id, held));
    expect([await stateOf(firm, first.id), await stateOf(firm, second.id), await cityOf(firm, 'E1')]).toEqual(['applied', 'applied', 'Oslo']);
  });
});

test('wait, and apply after the held one once it is approved', async () => {
  await withHeld({}, async (firm, held) => {
    const back = (await firm.sendPeople([{ id: 'E15', City: 'Lund' }])).job;
    expect(back.state).toBe('waiting');
    await firm.approve(await findJob(at.db, firm.tenant.id, held));
    const { job, rows } = await firm.settle(back.id);
    expect([job.state, rows.map((row) => row.result)]).toEqual(['applied', ['reactivated']]);
  });
});

test('wait again behind one of them that is held itself', async () => {
  await withHeld({}, async (firm, held) => {
    const second = (await firm.sendPeople(rowsOf(1, 5), full)).job;
    const third = (await firm.sendPeople([{ id: 'E1', City: 'Lund' }])).job;
    await firm.discard(await findJob(at.db, firm.tenant.id, held));
    expect([await stateOf(firm, second.id), await stateOf(firm, third.id)]).toEqual(['held', 'waiting']);
    await firm.discard(await findJob(at.db, firm.tenant.id, second.id));
    expect([await stateOf(firm, second.id), await stateOf(firm, third.id)]).toEqual(['discarded', 'applied']);
  });
});

test('may be discarded while they wait', async () => {
  await withHeld({}, async (firm, held) => {
    const waiting = (await firm.sendPeople([{ id: 'E1', City: 'Lund' }])).job;
    expect((await firm.discard(waiting)).job.state).toBe('discarded');
    await firm.discard(await findJob(at.db, firm.tenant.id, held));
    expect(await cityOf(firm, 'E1')).toBeUndefined();
  });
});

test('need not wait as dry runs', async () => {
  await withHeld({}, async (firm, held) => {
    const { job } = await firm.sendPeople([{ id: 'E1', City: 'Lund' }], { dryRun: true });
    expect([job.state, await stateOf(firm, held)]).toEqual(['previewed', 'held']);
  });
});

test('of other feeds and tenants go on', async () => {
  await withHeld({}, async (firm, held) => {
    const feedId = randomUUID() as FeedId;
    await at.db.knex('feeds').insert({ id: feedId, tenant_id: firm.tenant.id, source_id: firm.feed.sourceId, name: 'second', policy: '{}' });
    expect((await firm.sendPeople([{ id: 'E1', City: 'Lund' }], { feedId })).job.state).toBe('applied');
    const other = await openFirm({ database: at.db, folder });
    expect((await other.sendPeople(rowsOf(1, 3), full)).job.state).toBe('applied');
    await other.close();
    expect([await stateOf(firm, held), await cityOf(firm, 'E1')]).toEqual(['held', 'Lund']);
  });
});

const supersede = { laterFiles: 'supersede' } as const;

test('take its place where the feed says so: a full one that of the held one and of those that wait', async () => {
  await withHeld(supersede, async (firm, held) => {
    const waiting = (await firm.sendPeople([{ id: 'E1', City: 'Lund' }])).job;
    expect(waiting.state).toBe('waiting');
    const { job } = await firm.sendPeople(rowsOf(1, 20, { City: 'Oslo' }), full);
    expect([await stateOf(firm, held), await stateOf(firm, waiting.id)]).toEqual(['superseded', 'superseded']);
    expect([job.state, breachesOf(job)]).toEqual(['held', ['validateUpdateShare']]);
    const { items } = await listEvents(at.db, { tenantId: firm.tenant.id, jobId: held, limit: 10 });
    expect(items.map(({ kind, details }) => [kind, details])).toEqual([['jobSuperseded', { by: job.id }], ['jobHeld', expect.anything()]]);
    expect((await findJob(at.db, firm.tenant.id, held)).finishedAt).not.toBeNull();
  });
});

test('do not take its place as deltas, dry runs or files of another feed', async () => {
  await withHeld(supersede, async (firm, held) => {
    const feedId = randomUUID() as FeedId;
    const policy = JSON.stringify(supersede);
    await at.db.knex('feeds').insert({ id: feedId, tenant_id: firm.tenant.id, source_id: firm.feed.sourceId, name: 'second', policy });
    expect((await firm.sendPeople([{ id: 'E1', City: 'Lund' }])).job.state).toBe('waiting');
    expect((await firm.sendPeople(rowsOf(1, 20), { ...full, dryRun: true })).job.state).toBe('previewed');
    expect((await firm.sendPeople(rowsOf(1, 20), { ...full, feedId })).job.state).toBe('applied');
    expect(await stateOf(firm, held)).toBe('held');
  });
});

test('do not take its place when they are refused themselves, or name no people', async () => {
  await withHeld(supersede, async (firm, held) => {
    expect((await firm.sendBytes('people.csv', Buffer.from('Employee ID;First Name\n'), full)).job.state).toBe('rejected');
    const groups = 'OrgUnitID;Name;Description;ResponsibleManager;ParentOrgUnit\nDEP_1;Sales;;;\n';
    expect((await firm.sendBytes('groups.csv', Buffer.from(groups), full)).job.state).toBe('applied');
    expect(await stateOf(firm, held)).toBe('held');
  });
});

test('do not take the place of a job that was approved a moment ago', async () => {
  await withHeld(supersede, async (firm, held) => {
    const { fingerprint } = await findJob(at.db, firm.tenant.id, held);
    const later = await firm.stage('people.csv', firm.fileOf(rowsOf(1, 10)), full);
    await at.db.knex('jobs').where({ id: held }).update({ approval: JSON.stringify({ fingerprint, override: [] }) });
    const { job } = await firm.settle(later);
    expect([await stateOf(firm, held), job.state]).toEqual(['applied', 'applied']);
  });
});
