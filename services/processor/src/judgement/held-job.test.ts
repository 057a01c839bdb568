import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { FeedId, RecordChange } from '@rosterport/domain';
import { approveJob, findJob, listEvents } from '@rosterport/jobs';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { processTenant } from '../process-tenant.ts';
import type { Ended } from '../testing/ingest.ts';
import { breachesOf, dumpDirectory, openFirm, rowsOf, type Firm } from '../testing/firm.ts';

const at = testDatabase();
const folder = temporaryFolder();
const full = { mode: 'full' } as const;

/** Runs the work in a firm of twenty people in two groups. */
async function withStaff(work: (firm: Firm) => Promise<void>): Promise<void> {
  const firm = await openFirm({ database: at.db, folder });
  try {
    await firm.sendPeople(rowsOf(1, 20, { Department: 'D1', EmployeeManagerID: 'E1', City: 'Lund' }));
    await work(firm);
  } finally {
    await firm.close();
  }
}

/** A full file that changes something of every kind, and lets nine people go. */
const sendUpheaval = (firm: Firm): Promise<Ended> =>
  firm.sendPeople(
    [
      ...rowsOf(1, 8, { Department: 'D1' }),
      { id: 'E9', Last: 'Moved', Department: 'D2', EmployeeManagerID: 'E2', Floor: '3' },
      { id: 'E10', Department: 'D2', EmployeeManagerID: 'N1', City: 'Rome' },
      { id: 'E11', Active: '0' },
      { id: 'N1', Department: 'D2', EmployeeManagerID: 'E10', Language: 'sv' },
      { id: 'N2', Department: 'D1', PhoneNumber: '+46701234567' },
    ],
    full,
  );

/** Changes without what is another once they are made: ids of new records and groups, and the name under which each is shown. */
function told(changes: readonly RecordChange[]): readonly unknown[] {
  const plain = changes.map(({ id: _id, name: _name, links, ...change }) => ({
    ...change,
    links: links.map(({ group, ...link }) => ({ ...link, group: group.externalId })),
  }));
  return plain.map((change) => JSON.stringify(change)).sort();
}

async function secondFeed(firm: Firm): Promise<FeedId> {
  const id = randomUUID() as FeedId;
  await at.db.knex('feeds').insert({ id, tenant_id: firm.tenant.id, source_id: firm.feed.sourceId, name: 'second', policy: '{}' });
  return id;
}

describe('a held job', () => {
  test('has changed nothing, and lists what it would change', async () => {
    await withStaff(async (firm) => {
      const before = await dumpDirectory(at.db);
      const { job, rows } = await sendUpheaval(firm);
      expect([job.state, breachesOf(job), job.finishedAt]).toEqual(['held', ['validateDeactivationShare'], null]);
      expect(await dumpDirectory(at.db)).toEqual(before);
      expect(rows).toHaveLength(13);
      expect(job.changes).toMatchObject({ usersCreated: 2, usersUpdated: 2, usersDeactivated: 10, groupsCreated: 1, attributesDefined: 1, managersAdded: 3 });
      const changes = await firm.changes(job);
      const actions = changes.map((change) => `${change.kind} ${change.externalId ?? change.name ?? ''} ${change.action}`);
      expect(actions).toEqual(expect.arrayContaining(['user E9 updated', 'user N1 created', 'user E20 deactivated', 'group D2 created', 'attribute Floor created']));
      expect(actions).toHaveLength(2 + 2 + 10 + 1 + 1);
      const { items } = await listEvents(at.db, { tenantId: firm.tenant.id, jobId: job.id, limit: 10 });
      expect(items.map(({ kind, details }) => [kind, details])).toEqual([['jobHeld', { guards: ['validateDeactivationShare'] }]]);
    });
  });

  test('does once approved exactly what it has listed', async () => {
    await withStaff(async (firm) => {
      const { job: held } = await sendUpheaval(firm);
      const listed = await firm.changes(held);
      const { job } = await firm.approve(held);
      expect([job.state, job.counts, job.changes]).toEqual(['applied', held.counts, held.changes]);
      expect([breachesOf(job), job.fingerprint]).toEqual([[], null]);
      expect(told(await firm.changes(job))).toEqual(told(listed));
      expect(await at.db.knex('planned_changes').where({ job_id: job.id })).toEqual([]);
      expect((await firm.people()).filter((person) => !person.includes(' '))).toEqual(['E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'E7', 'E8', 'E9', 'N1', 'N2', 'E10'].sort(byLength));
      expect((await sendUpheaval(firm)).job).toMatchObject({ state: 'applied', counts: { unchanged: 13, skipped: 0 } });
    });
  });

  test('leaves nothing once it is discarded', async () => {
    await withStaff(async (firm) => {
      const before = await dumpDirectory(at.db);
      const { job } = await firm.discard((await sendUpheaval(firm)).job);
      expect([job.state, job.finishedAt === null]).toEqual(['discarded', false]);
      expect(await dumpDirectory(at.db)).toEqual(before);
      expect((await firm.sendPeople(rowsOf(1, 20), full)).job.state).toBe('applied');
    });
  });

  test('has the same fingerprint each time it is planned', async () => {
    await withStaff(async (firm) => {
      const { job: first } = await sendUpheaval(firm);
      const { job: second } = await firm.approve(first, ['olderFile']);
      expect([second.state, second.fingerprint]).toEqual(['held', first.fingerprint]);
      expect(breachesOf(second)).toEqual(['validateDeactivationShare']);
      expect(told(await firm.changes(second))).toEqual(told(await firm.changes(first)));
    });
  });

  test('can only be approved as it was seen, and only while it is held', async () => {
    await withStaff(async (firm) => {
      const { job } = await sendUpheaval(firm);
      const decision = { tenantId: firm.tenant.id, jobId: job.id, credentialId: null };
      await expect(approveJob(at.db, { ...decision, fingerprint: 'another' })).rejects.toMatchObject({ code: 'planIsAnother' });
      await firm.discard(job);
      await expect(approveJob(at.db, { ...decision, fingerprint: job.fingerprint ?? '' })).rejects.toMatchObject({ code: 'jobNotHeld' });
    });
  });
});

test('a held job whose feed is disabled is refused, with no rows, when it is approved', async () => {
  await withStaff(async (firm) => {
    const { job: held } = await sendUpheaval(firm);
    const before = await dumpDirectory(at.db);
    await at.db.knex('feeds').where({ id: firm.feed.id }).update({ enabled: false });
    const { job, rows } = await firm.approve(held);
    expect([job.state, rows, await dumpDirectory(at.db)]).toEqual(['rejected', [], before]);
  });
});

describe('an override', () => {
  test('turns off the guards that it names, and those only, for this one run', async () => {
    await withStaff(async (firm) => {
      await firm.sendPeople(rowsOf(1, 20), full);
      const { job: held } = await firm.sendPeople(rowsOf(1, 5), full);
      expect(breachesOf(held)).toEqual(['validateDeactivationShare', 'validateRowCount']);
      const { job: again } = await firm.approve(held, ['deactivations']);
      expect([again.state, breachesOf(again)]).toEqual(['held', ['validateRowCount']]);
      const { job } = await firm.approve(again, ['missingRows', 'deactivations']);
      expect([job.state, job.changes.usersDeactivated]).toEqual(['applied', 15]);
      await firm.sendPeople(rowsOf(1, 20));
      const { job: next } = await firm.sendPeople(rowsOf(1, 5), full);
      expect([next.state, breachesOf(next)]).toEqual(['held', ['validateDeactivationShare']]);
    });
  });

  test('lets pass what the plan has become', async () => {
    await withStaff(async (firm) => {
      const { job: held } = await sendUpheaval(firm);
      await firm.sendPeople([{ id: 'E20', Last: 'Later' }], { feedId: await secondFeed(firm) });
      expect((await firm.approve(held, ['deactivations'])).job).toMatchObject({ state: 'applied', changes: { usersDeactivated: 10 } });
    });
  });
});

describe('an approval', () => {
  test('does not hold for a directory that has moved meanwhile', async () => {
    await withStaff(async (firm) => {
      const { job: held } = await sendUpheaval(firm);
      await firm.sendPeople([{ id: 'E9', City: 'Oslo' }], { feedId: await secondFeed(firm) });
      const before = await dumpDirectory(at.db);
      const { job: again } = await firm.approve(held);
      expect([again.state, breachesOf(again)]).toEqual(['held', ['validateApprovedPlan', 'validateDeactivationShare']]);
      expect(again.fingerprint).not.toBe(held.fingerprint);
      expect(await dumpDirectory(at.db)).toEqual(before);
      const listed = await firm.changes(again);
      const { job } = await firm.approve(again);
      expect(job.state).toBe('applied');
      expect(told(await firm.changes(job))).toEqual(told(listed));
    });
  });

  test('does not hold either when the guards would now let the plan pass', async () => {
    await withStaff(async (firm) => {
      const { job: held } = await firm.sendPeople(rowsOf(1, 14), full);
      await firm.sendPeople(rowsOf(15, 19, { Active: '0' }), { feedId: await secondFeed(firm) });
      await at.db.knex('jobs').where({ source_id: firm.feed.sourceId, state: 'applied' }).update({ finished_at: '2020-01-01' });
      const { job: again } = await firm.approve(held);
      expect([again.state, breachesOf(again)]).toEqual(['held', ['validateApprovedPlan']]);
      expect((await firm.approve(again)).job).toMatchObject({ state: 'applied', changes: { usersDeactivated: 1 } });
    });
  });

  test('holds when what has moved is not touched by the plan', async () => {
    await withStaff(async (firm) => {
      const { job: held } = await sendUpheaval(firm);
      await firm.sendPeople([{ id: 'E3', City: 'Oslo' }], { feedId: await secondFeed(firm) });
      expect((await firm.approve(held)).job.state).toBe('applied');
    });
  });

  test('makes no later file of the day a held one', async () => {
    await withStaff(async (firm) => {
      await firm.approve((await sendUpheaval(firm)).job);
      const { job } = await firm.sendPeople([{ id: 'E8', Active: '0' }]);
      expect([job.state, job.changes.usersDeactivated]).toEqual(['applied', 1]);
    });
  });
});

test('an approval outlives a try that breaks, and nothing overtakes it', async () => {
  await withStaff(async (firm) => {
    const { job: held } = await sendUpheaval(firm);
    const later = (await firm.sendPeople([{ id: 'E20', City: 'Oslo' }])).job;
    const before = await dumpDirectory(at.db);
    await approveJob(at.db, { tenantId: firm.tenant.id, jobId: held.id, credentialId: null, fingerprint: held.fingerprint ?? '' });
    const breaking = (_job: unknown, step: string): void => {
      if (step === 'commit') throw new Error('The power went off.');
    };
    await processTenant({ ...firm.context, onStep: breaking }, firm.tenant.id);
    const states = async (): Promise<readonly string[]> =>
      [await findJob(at.db, firm.tenant.id, held.id), await findJob(at.db, firm.tenant.id, later.id)].map((job) => job.state);
    expect((await states())[0]).toBe('staged');
    expect(await dumpDirectory(at.db)).toEqual(before);
    await at.db.knex('jobs').where({ id: held.id }).update({ not_before: null });
    const { job } = await firm.settle(held.id);
    expect([job.state, job.changes, await states()]).toEqual(['applied', held.changes, ['applied', 'applied']]);
    expect((await firm.directory()).users.find((user) => user.externalId === 'E20')).toMatchObject({ active: true, attributes: { City: 'Oslo' } });
  });
});

describe('the last 24 hours', () => {
  const goOneByOne = async (firm: Firm, from: number, to: number): Promise<readonly string[]> => {
    const states: string[] = [];
    for (let number = from; number <= to; number += 1) states.push((await firm.sendPeople([{ id: `E${number}`, Active: '0' }])).job.state);
    return states;
  };

  test('make a slow bleed seen', async () => {
    await withStaff(async (firm) => {
      expect(await goOneByOne(firm, 1, 6)).toEqual(['applied', 'applied', 'applied', 'applied', 'applied', 'held']);
    });
  });

  test('do not reach further back', async () => {
    await withStaff(async (firm) => {
      await goOneByOne(firm, 1, 5);
      const yesterday = new Date(Date.now() - 25 * 3_600_000);
      await at.db.knex('jobs').where({ tenant_id: firm.tenant.id }).update({ finished_at: yesterday });
      expect(await goOneByOne(firm, 6, 6)).toEqual(['applied']);
    });
  });
});

function byLength(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : 1);
}
