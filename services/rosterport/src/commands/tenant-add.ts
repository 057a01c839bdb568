import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { addTenant } from '@rosterport/access';
import { makeFolder } from '@rosterport/runtime';
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
    command.option('--json', 'print the tenant');
  },
  run: async ({ args: [name = ''], options, surroundings: { env, stdout } }) => {
    const settings = settingsFrom(env);
    const { tenant } = await useDatabase(settings, (database) => addTenant(database, { name }), { mayCreate: true });
    // A running server watches the folders that are there; without one, the next start makes them.
    const drop = join(settings.dataDir, 'drop');
    if (existsSync(drop)) await makeFolder(join(drop, tenant.name));
    if (options.json === true) await printJson(stdout, tenant);
    else await print(stdout, `Tenant ${tenant.name} was added. \`rosterport token issue --tenant ${tenant.name}\` lets it send files.\n`);
    return exitCodes.ok;
  },
};
