import { listTenants } from '@rosterport/access';
import { settingsFrom } from '../settings.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { textTable } from './text-table.ts';
import { useDatabase } from './use-database.ts';

/** `rosterport tenant list`. */
export const tenantList: CommandDefinition<{ readonly json?: boolean }> = {
  name: 'list',
  summary: 'List all tenants.',
  examples: ['rosterport tenant list', 'rosterport tenant list --json'],
  declare: (command) => {
    command.option('--json', 'print a list of `{"id", "name", "createdAt"}`');
  },
  run: async ({ options, surroundings: { env, stdout } }) => {
    const tenants = await useDatabase(settingsFrom(env), listTenants);
    if (options.json === true) await printJson(stdout, tenants);
    else await print(stdout, textTable(['NAME', 'ADDED', 'ID'], tenants.map((one) => [one.name, one.createdAt, one.id]), 'There is no tenant.'));
    return exitCodes.ok;
  },
};
