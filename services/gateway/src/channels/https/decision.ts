import type { Identity } from '@rosterport/access';
import { Failure, isId, type JobId } from '@rosterport/domain';
import type { Decision } from '@rosterport/jobs';

/** Who decides about which job of its tenant. Fails with `notFound` for what can be no job. */
export function decisionOf({ tenantId, credentialId }: Identity, id: string): Decision {
  if (!isId(id)) throw new Failure('notFound', { values: { what: 'job' } });
  return { tenantId, credentialId, jobId: id as JobId };
}
