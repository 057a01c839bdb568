import { preparing, withClient, type Database, type PoolClient } from '@rosterport/database';
import type { TenantId } from '@rosterport/domain';

const lockKey = `hashtextextended('jobs:' || $1, 0)`;

/**
 * Runs the work while this process alone holds the tenant's claim. The claim is an advisory lock of the connection that the
 * work gets: whoever loses the connection loses claim and transaction together, so a dead processor frees the tenant at
 * once and a job cannot be applied by two.
 *
 * Returns `null`, without running the work, when somebody else holds the claim.
 */
export async function withTenantClaim<Result>(
  database: Database,
  tenantId: TenantId,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result | null> {
  return withClient(database, async (client) => {
    const prepared = preparing(client);
    const { rows } = await prepared.query<{ claimed: boolean }>(`select pg_try_advisory_lock(${lockKey}) as claimed`, [tenantId]);
    if (rows[0]?.claimed !== true) return null;
    const result = await work(client);
    await prepared.query(`select pg_advisory_unlock(${lockKey})`, [tenantId]);
    return result;
  });
}
