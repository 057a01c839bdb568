import type { Database } from '@rosterport/database';
import type { JobId, TenantId } from '@rosterport/domain';

/**
 * Takes a job back before it is processed, as its sender may. Returns false when it is too late or there is no such job of
 * the tenant.
 */
export async function takeBackJob(database: Database, tenantId: TenantId, jobId: JobId): Promise<boolean> {
  const changed = await database
    .knex('jobs')
    .where({ id: jobId, tenant_id: tenantId, attempts: 0 })
    .whereIn('state', ['staged', 'waiting'])
    .update({ state: 'discarded', finished_at: database.knex.fn.now() });
  return changed === 1;
}

/** Gives a job's file another name, as a sender may after the upload. Returns false when there is no such job. */
export async function renameJob(
  database: Database,
  place: { readonly tenantId: TenantId; readonly jobId: JobId },
  fileName: string,
): Promise<boolean> {
  const changed = await database.knex('jobs').where({ id: place.jobId, tenant_id: place.tenantId }).update({ file_name: fileName });
  return changed === 1;
}

/** Notes when the sender says that a job's file was last changed, which some say only after the upload, when the job may have ended. */
export async function noteFileTime(
  database: Database,
  place: { readonly tenantId: TenantId; readonly jobId: JobId },
  modifiedAt: Date,
): Promise<void> {
  await database
    .knex('jobs')
    .where({ id: place.jobId, tenant_id: place.tenantId })
    .update({ file_modified_at: modifiedAt });
}
