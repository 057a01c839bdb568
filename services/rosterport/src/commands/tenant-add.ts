import { addTenant } from '@rosterport/access';
import { settingsFrom } from '../settings.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { useDatabase } from './use-database.ts';

/** `rosterport tenant add`. */
export const tenantAdd: CommandDefinition<{ readonly json?: boolean }> = {
  name: 'add',
  summary: 'Add a tenant, one customer company, with one feed.',
  examples: ['rosterport tenant add acme'],
  declare: (command) => {
    command.argument('<name>', '1 to 32 lower-case letters, digits and hyphens; the user name on the SFTP');
    command.option('--json', 'print `{"id", "name", "createdAt"}`');
  },
  run: async ({ args: [name = ''], options, surroundings: { env, stdout } }) => {
    const { tenant } = await useDatabase(settingsFrom(env), (database) => addTenant(database, { name }), { mayCreate: true });
    if (options.json === true) await printJson(stdout, tenant);
    else await print(stdout, `Tenant ${tenant.name} was added. \`rosterport token issue --tenant ${tenant.name}\` lets it send files.\n`);
    return exitCodes.ok;
  },
};
