import { findTenant } from '@rosterport/access';
import type { Database } from '@rosterport/database';
import type { Administrator } from '@rosterport/gateway';
import type { Command } from 'commander';
import { settingsFrom } from '../settings.ts';
import type { Surroundings } from './command.ts';
import { useDatabase } from './use-database.ts';

/** Options of a command about one tenant. */
export interface TenantOptions {
  readonly tenant: string;
  readonly json?: boolean;
}

/** Declares which tenant is meant, and that a program may read the answer. */
export function declareTenant(command: Command): Command {
  return command.requiredOption('--tenant <name>', 'the tenant').option('--json', 'print JSON');
}

/** Does work for a tenant as an operator at the host. Fails with `notFound`, and like `useDatabase`. */
export async function useTenant<Result>(
  { options, surroundings }: { readonly options: TenantOptions; readonly surroundings: Surroundings },
  work: (database: Database, by: Administrator) => Promise<Result>,
): Promise<Result> {
  return useDatabase(settingsFrom(surroundings.env), async (database) => {
    const { id } = await findTenant(database, options.tenant);
    return work(database, { tenantId: id, credentialId: null });
  });
}
