import { findTenant, revokeCredential } from '@rosterport/access';
import type { CredentialId } from '@rosterport/domain';
import { settingsFrom } from '../settings.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { useDatabase } from './use-database.ts';

interface Options {
  readonly tenant: string;
  readonly json?: boolean;
}

/** `rosterport token revoke`. */
export const tokenRevoke: CommandDefinition<Options> = {
  name: 'revoke',
  summary: 'Revoke a token or an SSH key for good.',
  examples: ['rosterport token revoke --tenant acme 3f0d7c1e-5b7a-4c55-9d0f-0d9a4a5c1b2e'],
  declare: (command) => {
    command
      .argument('<id>', 'the id that `rosterport token list` shows')
      .requiredOption('--tenant <name>', 'the tenant')
      .option('--json', 'print the credential');
  },
  run: async ({ args: [id = ''], options: { tenant, json }, surroundings: { env, stdout } }) => {
    const credential = await useDatabase(settingsFrom(env), async (database) => {
      const { id: tenantId } = await findTenant(database, tenant);
      return revokeCredential(database, { tenantId, credentialId: id as CredentialId });
    });
    if (json === true) await printJson(stdout, credential);
    else await print(stdout, `${credential.id} is revoked.\n`);
    return exitCodes.ok;
  },
};
