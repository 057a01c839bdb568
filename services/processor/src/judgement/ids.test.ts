import { describe, expect, test } from '@jest/globals';
import { defaultGuardLimits, splitIssues, type FeedPolicy } from '@rosterport/domain';
import type { LedgerJob } from '@rosterport/jobs';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { dumpDirectory, openFirm, rowsOf, type Firm } from '../testing/firm.ts';

const at = testDatabase();
const folder = temporaryFolder();
const full = { mode: 'full' } as const;

/** Runs the work in a firm of eight people in one group. */
async function withStaff(work: (firm: Firm) => Promise<void>, policy: Partial<FeedPolicy> = {}): Promise<void> {
  const firm = await openFirm({ database: at.db, folder, policy });
  try {
    await firm.sendPeople(rowsOf(1, 8, { Department: 'D1' }));
    await work(firm);
  } finally {
    await firm.close();
  }
}

/** The id in the directory, by external id. */
async function idsOf(firm: Firm): Promise<Readonly<Record<string, string>>> {
  const { rows } = await at.db.pool.query<{ id: string; external_id: string | null }>('select id, external_id from users where tenant_id = $1', [firm.tenant.id]);
  return Object.fromEntries(rows.map((row) => [row.external_id ?? 'by hand', row.id]));
}

const breach = (job: LedgerJob) => splitIssues(job.issues).guards.map(({ code, found }) => [code, found]);

describe('swapped ids', () => {
  test('hold the file, name the ids and nothing else, and apply once approved', async () => {
    await withStaff(async (firm) => {
      const before = await dumpDirectory(at.db);
      const { job: held } = await firm.sendPeople([
        { id: 'E1', First: 'First E2', Last: 'Last E2', Email: firm.email('E2') },
        { id: 'E2', First: 'First E1', Last: 'Last E1', Email: firm.email('E1') },
      ]);
      expect([held.state, breach(held)]).toEqual(['held', [['validateSwappedIds', 'E1, E2']]]);
      expect(await dumpDirectory(at.db)).toEqual(before);
      const { job } = await firm.approve(held);
      expect([job.state, job.changes.usersUpdated]).toEqual(['applied', 2]);
      const emails = (await firm.directory()).users.map(({ externalId, email }) => [externalId, email]);
      expect(emails).toEqual(expect.arrayContaining([['E1', firm.email('E2')], ['E2', firm.email('E1')]]));
    });
  });
});

describe('a renamed id', () => {
  const renamed = (firm: Firm) => [...rowsOf(2, 8), { id: 'N1', First: 'First E1', Last: 'Last E1', Email: firm.email('E1') }];

  test('is proposed, and once approved the same person has another id', async () => {
    await withStaff(async (firm) => {
      const before = await idsOf(firm);
      const { job: held } = await firm.sendPeople(renamed(firm), full);
      expect([held.state, breach(held)]).toEqual(['held', [['validateRenamedIds', 'E1 -> N1']]]);
      expect(held.changes).toMatchObject({ usersCreated: 0, usersDeactivated: 0, usersUpdated: 1 });
      const { job } = await firm.approve(held);
      expect([job.state, job.changes]).toEqual(['applied', held.changes]);
      const { E1, ...others } = before;
      expect(await idsOf(firm)).toEqual({ ...others, N1: E1 });
      const { users } = await firm.directory();
      expect(users.find((user) => user.externalId === 'N1')).toMatchObject({ active: true, groups: [{ externalId: 'D1' }] });
      expect((await firm.sendPeople(renamed(firm), full)).job.counts.unchanged).toBe(8);
    });
  });

  test('is left as it was once discarded, and asked again with the next file', async () => {
    await withStaff(async (firm) => {
      const before = await dumpDirectory(at.db);
      await firm.discard((await firm.sendPeople(renamed(firm), full)).job);
      expect(await dumpDirectory(at.db)).toEqual(before);
      expect((await firm.sendPeople(renamed(firm), full)).job.state).toBe('held');
    });
  });

  test('is found too when the other id comes in a later file', async () => {
    await withStaff(async (firm) => {
      const { E1 } = await idsOf(firm);
      await firm.sendPeople(rowsOf(2, 8), full);
      const { job: held } = await firm.sendPeople([{ id: 'N1', Email: firm.email('E1') }]);
      expect([held.state, breach(held)]).toEqual(['held', [['validateRenamedIds', 'E1 -> N1']]]);
      await firm.approve(held);
      expect(await firm.people()).toContain('N1');
      expect(await idsOf(firm)).toMatchObject({ N1: E1 });
      expect(Object.keys(await idsOf(firm))).toHaveLength(8);
    });
  });

  test('needs no approval where the feed does not guard it', async () => {
    await withStaff(
      async (firm) => {
        const { E1 } = await idsOf(firm);
        const { job } = await firm.sendPeople(renamed(firm), full);
        expect([job.state, (await idsOf(firm))['N1'], await firm.people()]).toEqual(['applied', E1, expect.not.arrayContaining(['E1'])]);
      },
      { guards: { ...defaultGuardLimits, renamedIds: false } },
    );
  });

  test('is that of the active one of two with the e-mail', async () => {
    await withStaff(async (firm) => {
      await firm.sendPeople(rowsOf(2, 8), full);
      await firm.sendPeople([{ id: 'E8', Email: firm.email('E1') }]);
      const { E8 } = await idsOf(firm);
      const { job: held } = await firm.sendPeople([...rowsOf(2, 7), { id: 'N8', First: 'First E8', Last: 'Last E8', Email: firm.email('E1') }], full);
      expect(breach(held)).toEqual([['validateRenamedIds', 'E8 -> N8']]);
      await firm.approve(held);
      expect(await idsOf(firm)).toMatchObject({ N8: E8 });
    });
  });
});

describe('a feed that is enabled again', () => {
  const off = { deactivations: null, updates: null, emptiedColumns: null, missingRows: null } as const;
  const lenient = { guards: { ...defaultGuardLimits, ...off } };
  const disable = async (firm: Firm): Promise<void> => {
    const before = await dumpDirectory(at.db);
    await at.db.knex('feeds').where({ id: firm.feed.id }).update({ enabled: false });
    const { job } = await firm.sendPeople(rowsOf(1, 2), full);
    expect([job.state, splitIssues(job.issues).file.map((found) => found.code)]).toEqual(['rejected', ['validateFeedIsEnabled']]);
    expect(await dumpDirectory(at.db)).toEqual(before);
    await at.db.knex('feeds').where({ id: firm.feed.id }).update({ enabled: true, matches_by_email: true });
  };

  test('finds people by e-mail in its first file, by external id afterwards, and makes no second account', async () => {
    await withStaff(async (firm) => {
      const before = await idsOf(firm);
      await disable(firm);
      const others = rowsOf(1, 8).map(({ id }) => ({ id: `N${id}`, Email: firm.email(id) }));
      expect((await firm.sendPeople(others, full)).job).toMatchObject({ state: 'applied', changes: { usersCreated: 0, usersDeactivated: 0 } });
      expect(await idsOf(firm)).toEqual(Object.fromEntries(Object.entries(before).map(([id, own]) => [`N${id}`, own])));
      const { rows } = await firm.sendPeople([{ id: 'NE1', Email: firm.email('other') }]);
      expect([rows[0]?.result, (await idsOf(firm))['NE1']]).toEqual(['updated', before['E1']]);
    }, lenient);
  });

  test('gives an id to somebody new whose bearer has got another', async () => {
    await withStaff(async (firm) => {
      const { E1 } = await idsOf(firm);
      await disable(firm);
      const { job } = await firm.sendPeople([{ id: 'N1', Email: firm.email('E1') }, { id: 'E1', Email: firm.email('new') }]);
      expect([job.failure, job.state, job.changes.usersCreated]).toEqual([null, 'applied', 1]);
      const ids = await idsOf(firm);
      expect([ids['N1'], ids['E1'] === E1, Object.keys(ids)]).toEqual([E1, false, expect.arrayContaining(['N1', 'E1'])]);
    }, lenient);
  });

  test('lets people exchange ids where their e-mails say so', async () => {
    await withStaff(async (firm) => {
      const before = await idsOf(firm);
      await disable(firm);
      const { job } = await firm.sendPeople([
        { id: 'E1', First: 'First E2', Last: 'Last E2', Email: firm.email('E2') },
        { id: 'E2', First: 'First E1', Last: 'Last E1', Email: firm.email('E1') },
      ]);
      expect([job.failure, job.state]).toEqual([null, 'applied']);
      expect(await idsOf(firm)).toEqual({ ...before, E1: before['E2'], E2: before['E1'] });
    }, lenient);
  });
});
