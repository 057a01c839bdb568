import type { ChangeQuery } from '@rosterport/directory';
import type { LedgerJob } from '@rosterport/jobs';

/** Where the changes of a job are found: in the journal once it is applied, else in what was kept of its plan. */
export function changeSource(job: LedgerJob): Pick<ChangeQuery, 'tenantId' | 'jobId' | 'source'> {
  return { tenantId: job.tenantId, jobId: job.id, source: job.state === 'applied' ? 'journal' : 'planned' };
}
