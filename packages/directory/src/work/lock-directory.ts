import { preparing, type PoolClient } from '@rosterport/database';
import type { TenantId } from '@rosterport/domain';

/**
 * Takes the tenant's directory lock until the transaction ends. Whatever changes a tenant's directory takes it first, so
 * that a plan stays true until it is applied.
 */
export async function lockDirectory(client: PoolClient, tenantId: TenantId): Promise<void> {
  await preparing(client).query(`select pg_advisory_xact_lock(hashtextextended('directory:' || $1, 0))`, [tenantId]);
}
