import { findTenant, listCredentials, type Credential } from '@rosterport/access';
import { settingsFrom } from '../settings.ts';
import type { Surroundings } from './command.ts';
import { useDatabase } from './use-database.ts';

/** All credentials of the tenant of that name. Fails with `notFound` when there is no such tenant, and like `useDatabase`. */
export function tenantCredentials({ env }: Surroundings, tenant: string): Promise<readonly Credential[]> {
  return useDatabase(settingsFrom(env), async (database) => {
    const { id } = await findTenant(database, tenant);
    return listCredentials(database, id);
  });
}
