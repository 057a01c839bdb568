import type { ChangeAction, JobId, RecordChange, TenantId } from '@rosterport/domain';

/** Which changes of a job to list. */
export interface ChangeQuery {
  readonly tenantId: TenantId;
  /** Must be a job of the tenant. */
  readonly jobId: JobId;
  /** What the job did, with what a revert could not take back; or what it would do. */
  readonly source: 'journal' | 'planned';
  readonly action?: ChangeAction;
  readonly kind?: RecordChange['kind'];
  /** The `next` of the page before. */
  readonly cursor?: string;
  /** How many at most, 1 to 1000. */
  readonly limit: number;
}
