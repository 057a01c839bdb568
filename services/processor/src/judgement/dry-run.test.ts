import { expect, test } from '@jest/globals';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { breachesOf, dumpDirectory, openFirm, rowsOf, type Firm, type PersonCells } from '../testing/firm.ts';

const at = testDatabase();
const folder = temporaryFolder();

async function withStaff(work: (firm: Firm) => Promise<void>): Promise<void> {
  const firm = await openFirm({ database: at.db, folder });
  try {
    await firm.sendPeople(rowsOf(1, 20, { Department: 'D1' }));
    await work(firm);
  } finally {
    await firm.close();
  }
}

const rows: readonly PersonCells[] = [
  ...rowsOf(1, 16, { Department: 'D1' }),
  { id: 'E17', Last: 'Moved', Department: 'D2', EmployeeManagerID: 'E1' },
  { id: 'E18', Active: '0' },
  { id: 'N1', Department: 'D2', City: 'Lund' },
  { id: 'N2', Email: 'no address' },
];

test('a dry run writes nothing, and tells what would be created, updated before and after, and deactivated', async () => {
  await withStaff(async (firm) => {
    const before = await dumpDirectory(at.db);
    const { job, rows: results } = await firm.sendPeople(rows, { mode: 'full', dryRun: true });
    expect(await dumpDirectory(at.db)).toEqual(before);
    expect([job.state, job.dryRun, breachesOf(job)]).toEqual(['previewed', true, []]);
    expect(results.map((row) => row.result).slice(16)).toEqual(['updated', 'deactivated', 'created', 'rejected']);
    const users = (await firm.changes(job)).filter((change) => change.kind === 'user');
    const shown = Object.fromEntries(users.map((change) => [change.externalId ?? '', change]));
    expect(Object.entries(shown).map(([id, { action, row }]) => [id, action, row])).toEqual(
      expect.arrayContaining([
        ['E17', 'updated', 18],
        ['E18', 'deactivated', 19],
        ['E19', 'deactivated', null],
        ['E20', 'deactivated', null],
        ['N1', 'created', 20],
      ]),
    );
    expect(users).toHaveLength(5);
    expect(shown['E17']?.values).toEqual([{ field: 'lastName', before: 'Last E17', after: 'Moved' }]);
    expect(shown['E17']?.links.map(({ kind, change, group }) => [kind, change, group.externalId])).toEqual(
      expect.arrayContaining([['membership', 'added', 'D2'], ['membership', 'removed', 'D1'], ['manager', 'added', 'D2']]),
    );
  });
});

test('the file itself then does what its dry run has told', async () => {
  await withStaff(async (firm) => {
    const { job: tried } = await firm.sendPeople(rows, { mode: 'full', dryRun: true });
    const told = await firm.changes(tried);
    const { job } = await firm.sendPeople(rows, { mode: 'full' });
    expect([job.state, job.counts, job.changes]).toEqual(['applied', tried.counts, tried.changes]);
    const did = await firm.changes(job);
    expect(did.map(({ externalId, action }) => `${externalId} ${action}`).sort()).toEqual(told.map(({ externalId, action }) => `${externalId} ${action}`).sort());
  });
});

test('a dry run tells which guards would hold the file, and ends all the same', async () => {
  await withStaff(async (firm) => {
    const { job } = await firm.sendPeople(rowsOf(1, 3), { mode: 'full', dryRun: true });
    expect([job.state, breachesOf(job), job.changes.usersDeactivated]).toEqual(['previewed', ['validateDeactivationShare'], 17]);
    expect(job.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect((await firm.sendPeople([{ id: 'E1', Last: 'Next' }])).job.state).toBe('applied');
  });
});

test('a first file may be tried', async () => {
  const firm = await openFirm({ database: at.db, folder });
  const { job } = await firm.sendPeople(rowsOf(1, 5, { Department: 'D1', City: 'Lund' }), { dryRun: true });
  expect([job.state, job.counts.created, job.changes.groupsCreated]).toEqual(['previewed', 5, 1]);
  expect(await firm.directory()).toEqual({ users: [], groups: [] });
  expect((await firm.sendPeople(rowsOf(1, 5, { Department: 'D1', City: 'Lund' }))).job.counts).toEqual(job.counts);
  await firm.close();
});

test('a dry run is no file of the feed’s history', async () => {
  await withStaff(async (firm) => {
    await firm.sendPeople(rowsOf(1, 20), { mode: 'full', dryRun: true, receivedAt: new Date(Date.now() + 60_000) });
    const { job } = await firm.sendPeople(rowsOf(1, 20));
    expect([job.state, breachesOf(job)]).toEqual(['applied', []]);
  });
});
