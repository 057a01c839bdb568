import { inTransaction, transactionClient, withClient, type PoolClient } from '@rosterport/database';
import { erasePerson, lockDirectory, personTraces } from '@rosterport/directory';
import { Failure, personMentions, type CredentialId, type Erasure, type JobId, type PersonTraces, type TenantId } from '@rosterport/domain';
import { eraseFromJobs, noteEvent, noteFilesRemoved, tracedJobs } from '@rosterport/jobs';
import type { GatewayContext } from '../gateway-context.ts';
import { searchJobs, type SearchFile } from './search-jobs.ts';

/** Whom to erase, and who asks for it. */
export interface ErasureRequest {
  readonly tenantId: TenantId;
  readonly credentialId: CredentialId;
  /** Id of the record. */
  readonly userId: string;
  /** An external id that the person has or had; for one who never had any, the id of the record. */
  readonly confirm: string;
}

/** What an erasure works on. */
export interface ErasureContext extends Pick<GatewayContext, 'database' | 'staging'> {
  readonly searchFile: SearchFile;
}

/**
 * Erases a person: from the directory, its journal, the results of jobs, kept plans and sealed files. Numbers of jobs stay,
 * and an event that holds nothing of the person. Files that name the person, and those of which nobody can tell, are removed
 * before the rest is committed, so that an erasure that is cut short can be asked for again.
 *
 * Fails with `notFound`, `erasureUnconfirmed`, and `personInOpenJob` while a job that is not finished names the person.
 */
export async function erase(context: ErasureContext, request: ErasureRequest): Promise<Erasure> {
  const { database, searchFile } = context;
  const early = await withClient(database, (client) => personTraces({ client, tenantId: request.tenantId }, request.userId));
  requireConfirmed(early, request);
  const search = searchJobs(searchFile, early);
  // Most files are read before the lock is taken, so that nobody waits for that.
  await withClient(database, (client) => filesToRemove({ ...context, client }, request, { traces: early, search }));
  return inTransaction(database, async (tx) => {
    const client = await transactionClient(tx);
    await lockDirectory(client, request.tenantId);
    const traces = await personTraces({ client, tenantId: request.tenantId }, request.userId);
    const isSame = JSON.stringify(traces) === JSON.stringify(early);
    const still = { traces, search: isSame ? search : searchJobs(searchFile, traces) };
    const files = await filesToRemove({ ...context, client }, request, still);
    return removeAll({ ...context, client }, request, { traces, files });
  });
}

type Work = ErasureContext & { readonly client: PoolClient };

async function filesToRemove(
  { client, staging }: Work,
  { tenantId }: ErasureRequest,
  { traces, search }: { readonly traces: PersonTraces; readonly search: ReturnType<typeof searchJobs> },
): Promise<readonly JobId[]> {
  const unregistered = (await staging.sealed()).filter((envelope) => envelope.tenantId === tenantId);
  const jobs = await tracedJobs(client, tenantId, traces);
  return search.look(jobs, unregistered.filter(({ jobId }) => !jobs.some(({ id }) => id === jobId)));
}

async function removeAll(
  { client, staging }: Work,
  { tenantId, credentialId, userId }: ErasureRequest,
  { traces, files }: { readonly traces: PersonTraces; readonly files: readonly JobId[] },
): Promise<Erasure> {
  const mentions = personMentions(traces, null);
  const results = await eraseFromJobs(client, tenantId, { traces, mentions: (text) => mentions.inText(text) });
  const journalEntries = await erasePerson({ client, tenantId }, traces);
  for (const jobId of files) await staging.discard(jobId);
  await noteFilesRemoved(client, files, new Date());
  const erasure = { id: userId, journalEntries, ...results, files };
  await noteEvent(client, { tenantId, credentialId, kind: 'personErased', details: { ...erasure, files: files.length } });
  return erasure;
}

function requireConfirmed({ externalIds, userId }: PersonTraces, { confirm }: ErasureRequest): void {
  const names = externalIds.length === 0 ? [userId] : externalIds.map(({ externalId }) => externalId);
  if (!names.includes(confirm)) throw new Failure('erasureUnconfirmed');
}
