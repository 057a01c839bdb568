import { randomUUID } from 'node:crypto';
import { inTransaction, transactionClient, type Database, type Tx } from '@rosterport/database';
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
      .whereNotIn('state', ['rejected', 'discarded', 'superseded', 'failed'])
      .first<{ id: string } | undefined>('id');
    if (other !== undefined) throw new Failure('alreadyReverted', { values: { job: other.id } });
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

interface LockedJob {
  readonly state: LedgerJob['state'];
  readonly feed_id: string;
  readonly fingerprint: string | null;
  readonly approval: unknown;
  readonly journal_removed_at: Date | null;
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
