import type { Database } from '@rosterport/database';
import type { Envelope } from '@rosterport/domain';
import { wakeUp } from './wake-up.ts';

/**
 * Makes the job of a sealed file and wakes a processor. Calling it again for the same file does nothing. Its mode is what
 * the envelope says, else that of the credential, else that of the feed.
 *
 * Returns true when the job is new. Fails when the envelope names a tenant or feed that does not exist.
 */
export async function registerJob(database: Database, envelope: Envelope): Promise<boolean> {
  return database.knex.transaction(async (tx) => {
    const made = await tx.raw<{ rowCount: number }>(
      `insert into jobs (id, tenant_id, feed_id, source_id, credential_id, state, channel, file_name, mode, dry_run, size,
         sha256, received_at, sealed_at, folder, file_modified_at)
       select :jobId, f.tenant_id, f.id, f.source_id, :credentialId, 'staged', :channel, :fileName,
         coalesce(:mode, (select c.mode from credentials c where c.id = :credentialId), f.mode), :dryRun, :size,
         :sha256, :receivedAt, :sealedAt, :folder, :modifiedAt
       from feeds f where f.id = :feedId and f.tenant_id = :tenantId
       on conflict (id) do nothing`,
      { folder: null, modifiedAt: null, ...envelope },
    );
    if (made.rowCount === 1) {
      await wakeUp(tx, envelope.tenantId);
      return true;
    }
    const known: unknown = await tx('jobs').where({ id: envelope.jobId }).first('id');
    if (known === undefined) throw new TypeError('The envelope names a feed that does not exist.');
    return false;
  });
}
