import type { Database } from '@rosterport/database';
import type { TenantId } from '@rosterport/domain';

/** What a tenant has sent. */
export interface Received {
  readonly files: number;
  readonly bytes: number;
}

/** The files of a tenant that were sealed at the moment or later and have a job, dry runs too, but for those of drop folders. */
export async function receivedSince(db: Database, tenantId: TenantId, since: Date): Promise<Received> {
  const { rows } = await db.pool.query<{ files: number; bytes: string }>(
    `select count(*)::int as files, coalesce(sum(size), 0) as bytes from jobs
     where tenant_id = $1 and sealed_at >= $2 and kind = 'file' and channel <> 'drop-folder'`,
    [tenantId, since],
  );
  return { files: rows[0]?.files ?? 0, bytes: Number(rows[0]?.bytes ?? 0) };
}
