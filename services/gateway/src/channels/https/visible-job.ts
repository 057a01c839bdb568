import type { Identity } from '@rosterport/access';
import { Failure, type CredentialId, type JobId } from '@rosterport/domain';
import { findJob, type LedgerJob } from '@rosterport/jobs';
import type { HttpsService } from './service.ts';

/** Whose jobs the credential sees: with the scope `reports` all of its tenant, else only those that it sent. */
export function seesOnly(identity: Identity): { readonly credentialId?: CredentialId } {
  return identity.scopes.includes('reports') ? {} : { credentialId: identity.credentialId };
}

/** A job that the credential may see. Fails with `notFound`, also for one that it may not see. */
export async function visibleJob(service: HttpsService, identity: Identity, id: string): Promise<LedgerJob> {
  const job = await findJob(service.context.database, identity.tenantId, id as JobId);
  const { credentialId = job.credentialId } = seesOnly(identity);
  if (job.credentialId !== credentialId) throw new Failure('notFound', { values: { what: 'job' } });
  return job;
}
