import type { Database } from '@rosterport/database';
import type { TenantId } from '@rosterport/domain';

/** What a tenant may send in a day of UTC; `null` leaves it to the settings. */
export interface TenantQuota {
  readonly dailyBytes: number | null;
  readonly dailyFiles: number | null;
}

/** The quota of a tenant; nothing is said of one that does not exist. */
export async function tenantQuota(db: Database, tenantId: TenantId): Promise<TenantQuota> {
  const { rows } = await db.pool.query<{ daily_bytes: string | null; daily_files: number | null }>(
    'select daily_bytes, daily_files from tenants where id = $1',
    [tenantId],
  );
  const row = rows[0];
  return { dailyBytes: row?.daily_bytes == null ? null : Number(row.daily_bytes), dailyFiles: row?.daily_files ?? null };
}
