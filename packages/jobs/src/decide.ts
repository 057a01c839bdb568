import { randomUUID } from 'node:crypto';
import { inTransaction, transactionClient, type Database, type PoolClient, type Tx } from '@rosterport/database';
import { Failure, type CredentialId, type GuardName, type JobId } from '@rosterport/domain';
import { noteEvent } from './events.ts';
import { findJob, type JobPlace } from './list-jobs.ts';
import type { LedgerJob } from './job-record.ts';
import { wakeUp } from './wake-up.ts';

/** Who decides; `null` for an operator at the host. */
export interface Decision extends JobPlace {
  readonly credentialId: CredentialId | null;
}

/**
 * Approves a held job: a processor plans it again and applies it when the plan is still the one with the fingerprint, else
 * it is held again. With guards to override, those are off for this one run, whatever the plan then is.
 *
 * Fails with `notFound`, `jobNotHeld`, and `planIsAnother` when the job's plan has another fingerprint.
 */
export async function approveJob(
  database: Database,
  decision: Decision & { readonly fingerprint: string; readonly override?: readonly GuardName[] },
): Promise<LedgerJob> {
  const { tenantId, jobId, fingerprint, override = [] } = decision;
  await inTransaction(database, async (tx) => {
    const job = await heldJob(tx, decision);
    if (job.fingerprint !== fingerprint) throw new Failure('planIsAnother');
    await tx('jobs').where({ id: jobId }).update({ approval: JSON.stringify({ fingerprint, override }), attempts: 0 });
    await noteEvent(await transactionClient(tx), { ...decision, kind: 'jobApproved', feedId: job.feed_id, details: { fingerprint, override } });
    await wakeUp(tx, tenantId);
  });
  return findJob(database, tenantId, jobId);
}

/**
 * Discards a job that is held, or that waits to be processed. Nothing has changed, and later jobs of its feed go on. Fails
 * with `notFound` and `jobNotHeld`.
 */
export async function discardJob(database: Database, decision: Decision): Promise<LedgerJob> {
  const { tenantId, jobId } = decision;
  await inTransaction(database, async (tx) => {
    const job = await heldJob(tx, decision, ['held', 'waiting', 'staged']);
    await tx('jobs').where({ id: jobId }).update({ state: 'discarded', approval: null, finished_at: tx.fn.now() });
    await noteEvent(await transactionClient(tx), { ...decision, kind: 'jobDiscarded', feedId: job.feed_id, details: {} });
    await wakeUp(tx, tenantId);
  });
  return findJob(database, tenantId, jobId);
}

/**
 * Asks for the revert of an applied job, as a job of its own, which a processor carries out. Fails with `notFound`,
 * `jobNotApplied`, `alreadyReverted` (also while a revert is under way) and `revertExpired`.
 */
export async function revertJob(database: Database, decision: Decision): Promise<LedgerJob> {
  const { tenantId, jobId, credentialId } = decision;
  const id = randomUUID() as JobId;
  await inTransaction(database, async (tx) => {
    const job = await lockedJob(tx, decision);
    if (job.state !== 'applied') throw new Failure('jobNotApplied', { values: { state: job.state } });
    if (job.journal_removed_at !== null) throw new Failure('revertExpired');
    const other = await tx('jobs')
      .where({ reverts: jobId })
      .whereIn('state', ['staged', 'waiting', 'processing', 'held'])
      .first<{ id: JobId } | undefined>('id');
    const by = job.reverted_by ?? other?.id;
    if (by !== undefined) throw new Failure('alreadyReverted', { values: { job: by } });
    await tx.raw(
      `insert into jobs (id, tenant_id, feed_id, source_id, credential_id, state, kind, reverts, channel, file_name, mode, dry_run,
         size, sha256, received_at, sealed_at)
       select :id, tenant_id, feed_id, source_id, :credentialId, 'staged', 'revert', id, 'https', file_name, mode, false,
         0, '', clock_timestamp(), clock_timestamp() from jobs where id = :jobId`,
      { id, credentialId, jobId },
    );
    await noteEvent(await transactionClient(tx), { ...decision, kind: 'jobReverted', feedId: job.feed_id, details: { by: id } });
    await wakeUp(tx, tenantId);
  });
  return findJob(database, tenantId, id);
}

/**
 * Notes in the ledger what a revert has undone, in the transaction that undid it: the job that it reverts bears it as
 * `revertedBy`. When that job was a revert itself, what it had undone is in force again and may be reverted once more, and so
 * on down the chain. Fails with `jobNotApplied`, `alreadyReverted` and `revertExpired` where something else came first.
 */
export async function markReverted(client: PoolClient, { id, reverts }: Pick<LedgerJob, 'id' | 'reverts'>): Promise<void> {
  const { rows } = await client.query<LockedJob>('select * from jobs where id = $1 for update', [reverts]);
  const [job] = rows;
  if (job?.state !== 'applied') throw new Failure('jobNotApplied', { values: { state: job?.state ?? 'gone' } });
  if (job.journal_removed_at !== null) throw new Failure('revertExpired');
  if (job.reverted_by !== null) throw new Failure('alreadyReverted', { values: { job: job.reverted_by } });
  await client.query(
    `with recursive chain as (
       select id, reverts, $1::uuid as by, true as undone from jobs where id = $2
       union all
       select j.id, j.reverts, c.id, not c.undone from chain c join jobs j on j.id = c.reverts
       -- A job that was undone by another revert meanwhile is none of this one's business.
       where j.reverted_by is not distinct from case when c.undone then c.id end)
     update jobs j set reverted_by = case when c.undone then c.by end from chain c where c.id = j.id`,
    [id, reverts],
  );
}

interface LockedJob {
  readonly state: LedgerJob['state'];
  readonly feed_id: string;
  readonly fingerprint: string | null;
  readonly approval: unknown;
  readonly journal_removed_at: Date | null;
  readonly reverted_by: JobId | null;
}

async function lockedJob(tx: Tx, { tenantId, jobId }: JobPlace): Promise<LockedJob> {
  const job = await tx('jobs').where({ id: jobId, tenant_id: tenantId }).forUpdate().first<LockedJob | undefined>();
  if (job === undefined) throw new Failure('notFound', { values: { what: 'job' } });
  return job;
}

async function heldJob(tx: Tx, decision: Decision, states: readonly LedgerJob['state'][] = ['held']): Promise<LockedJob> {
  const job = await lockedJob(tx, decision);
  if (!states.includes(job.state)) throw new Failure('jobNotHeld', { values: { state: job.state } });
  return job;
}
