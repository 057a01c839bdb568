import { listTenants, type Tenant } from '@rosterport/access';
import { settingsFrom } from '../settings.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { textTable } from './text-table.ts';
import { useDatabase } from './use-database.ts';

const columns = ['NAME', 'ADDED', 'FROM', 'DAILY BYTES', 'DAILY FILES', 'ID'];

function cells(one: Tenant): readonly string[] {
  const limit = (value: number | null): string => (value === null ? 'settings' : String(value));
  return [one.name, one.createdAt, one.networks.join(',') || 'anywhere', limit(one.dailyBytes), limit(one.dailyFiles), one.id];
}

/** `rosterport tenant list`. */
export const tenantList: CommandDefinition<{ readonly json?: boolean }> = {
  name: 'list',
  summary: 'List all tenants.',
  examples: ['rosterport tenant list', 'rosterport tenant list --json'],
  declare: (command) => {
    command.option('--json', 'print a list of tenants');
  },
  run: async ({ options, surroundings: { env, stdout } }) => {
    const tenants = await useDatabase(settingsFrom(env), listTenants);
    if (options.json === true) await printJson(stdout, tenants);
    else await print(stdout, textTable(columns, tenants.map(cells), 'There is no tenant.'));
    return exitCodes.ok;
  },
};
