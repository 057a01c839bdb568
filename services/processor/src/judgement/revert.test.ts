import { expect, test } from '@jest/globals';
import { noChanges, noCounts, type JobId } from '@rosterport/domain';
import { findJob, revertJob, type LedgerJob } from '@rosterport/jobs';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { processTenant } from '../process-tenant.ts';
import { openFirm, rowsOf, type Firm } from '../testing/firm.ts';

const at = testDatabase();
const folder = temporaryFolder();

async function inFirm(work: (firm: Firm) => Promise<void>): Promise<void> {
  const firm = await openFirm({ database: at.db, folder });
  try {
    await work(firm);
  } finally {
    await firm.close();
  }
}

const ask = (firm: Firm, jobId: JobId): Promise<LedgerJob> =>
  revertJob(at.db, { tenantId: firm.tenant.id, jobId, credentialId: null });
const undo = async (firm: Firm, jobId: JobId): Promise<LedgerJob> => (await firm.settle((await ask(firm, jobId)).id)).job;
const undoneBy = async (firm: Firm, jobId: JobId): Promise<JobId | null> => (await findJob(at.db, firm.tenant.id, jobId)).revertedBy;

test('a revert, its revert and so on are jobs of their own, and the ledger tells what is in force', async () => {
  await inFirm(async (firm) => {
    const empty = await firm.directory();
    const file = (await firm.sendPeople(rowsOf(1, 3, { Department: 'D1', City: 'Lund' }))).job;
    const full = await firm.directory();

    const back = await undo(firm, file.id);
    expect(back).toMatchObject({ kind: 'revert', state: 'applied', reverts: file.id, counts: noCounts, issues: [], fileName: file.fileName });
    expect(back.changes).toEqual({ ...noChanges, usersRemoved: 3, groupsRemoved: 1, membershipsRemoved: 3, attributesRemoved: 1 });
    expect(await firm.directory()).toEqual(empty);
    expect(await undoneBy(firm, file.id)).toBe(back.id);
    await expect(ask(firm, file.id)).rejects.toMatchObject({ code: 'alreadyReverted' });

    const again = await undo(firm, back.id);
    expect(await firm.directory()).toEqual(full);
    expect([await undoneBy(firm, file.id), await undoneBy(firm, back.id)]).toEqual([null, again.id]);

    const third = await undo(firm, again.id);
    expect(await firm.directory()).toEqual(empty);
    expect([await undoneBy(firm, file.id), await undoneBy(firm, back.id), await undoneBy(firm, again.id)]).toEqual([back.id, null, third.id]);
    await undo(firm, back.id);
    expect(await firm.directory()).toEqual(full);
    await undo(firm, file.id);
    expect(await firm.directory()).toEqual(empty);
  });
});

test('only one revert of a job is under way', async () => {
  await inFirm(async (firm) => {
    const { job } = await firm.sendPeople(rowsOf(1, 2));
    const asked = await Promise.allSettled([ask(firm, job.id), ask(firm, job.id), ask(firm, job.id)]);
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(asked.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []))).toEqual(['alreadyReverted', 'alreadyReverted']);
  });
});

test('what was changed since is a warning of the revert', async () => {
  await inFirm(async (firm) => {
    const { job } = await firm.sendPeople(rowsOf(1, 3));
    await firm.sendPeople([{ id: 'E2', Last: 'Later' }]);
    const back = await undo(firm, job.id);
    expect(back.issues).toMatchObject([{ scope: 'file', code: 'validateNothingChangedSince', severity: 'warning', found: '1 person, group or attribute', count: 1 }]);
    expect(back.changes).toMatchObject({ usersRemoved: 2 });
  });
});

test('a revert that breaks off before its end changes nothing, and the next try does it', async () => {
  await inFirm(async (firm) => {
    const { job } = await firm.sendPeople(rowsOf(1, 3, { Department: 'D1' }));
    const before = await firm.directory();
    const { id } = await ask(firm, job.id);
    const breaking = {
      ...firm.context,
      onStep: (_job: JobId, step: string): void => {
        if (step === 'commit') throw new Error('The machine stopped.');
      },
    };
    await processTenant(breaking, firm.tenant.id);
    expect(await firm.directory()).toEqual(before);
    expect(await undoneBy(firm, job.id)).toBeNull();
    await at.db.knex('jobs').where({ id }).update({ state: 'staged', not_before: null });
    expect((await firm.settle(id)).job.state).toBe('applied');
    expect(await undoneBy(firm, job.id)).toBe(id);
  });
});

test('a job whose journal retention took between asking and undoing is not undone', async () => {
  await inFirm(async (firm) => {
    const { job } = await firm.sendPeople(rowsOf(1, 1));
    const { id } = await ask(firm, job.id);
    await at.db.knex('jobs').where({ id: job.id }).update({ journal_removed_at: at.db.knex.fn.now() });
    expect((await firm.settle(id)).job).toMatchObject({ state: 'failed', failure: { code: 'revertExpired' } });
    await expect(ask(firm, job.id)).rejects.toMatchObject({ code: 'revertExpired' });
  });
});
