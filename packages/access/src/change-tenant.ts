import type { Database } from '@rosterport/database';
import { Failure } from '@rosterport/domain';

import { provedNetworks } from './sender-networks.ts';
import { asTenant, isTenantName, tenantColumns, type Tenant, type TenantRow } from './tenants.ts';

/** What is to be another; what is left out stays. */
export interface TenantChanges {
  /** Networks from which alone its credentials are accepted; none for any address. */
  readonly networks?: readonly string[] | undefined;
  /** What it may send in a day of UTC, whole numbers of 0 or more; `null` leaves it to the settings. */
  readonly dailyBytes?: number | null | undefined;
  readonly dailyFiles?: number | null | undefined;
}

/** Changes the tenant of that exact name; doors follow within seconds. Failures: `notFound`, `networkInvalid`. */
export async function changeTenant(db: Database, name: string, changes: TenantChanges): Promise<Tenant> {
  const { networks, dailyBytes, dailyFiles } = changes;
  const columns = {
    ...(networks === undefined ? {} : { networks: provedNetworks(networks) }),
    ...(dailyBytes === undefined ? {} : { daily_bytes: dailyBytes }),
    ...(dailyFiles === undefined ? {} : { daily_files: dailyFiles }),
  };
  const found = db.knex('tenants').where({ name: isTenantName(name) ? name : '' });
  const [row] = await (Object.keys(columns).length === 0
    ? found.select<TenantRow[]>([...tenantColumns])
    : found.update(columns).returning<TenantRow[]>([...tenantColumns]));
  if (row === undefined) throw new Failure('notFound', { values: { what: 'tenant' } });
  return asTenant(row);
}
