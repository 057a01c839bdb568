import { findTenant, listCredentials, revokeCredential } from '@rosterport/access';
import { Failure } from '@rosterport/domain';
import { settingsFrom } from '../settings.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { useDatabase } from './use-database.ts';

interface Options {
  readonly tenant: string;
  readonly json?: boolean;
}

/** `rosterport key remove`. */
export const keyRemove: CommandDefinition<Options> = {
  name: 'remove',
  summary: 'Remove an SSH public key for good, and the further keys that stand for it.',
  examples: ['rosterport key remove --tenant acme SHA256:pMb0NVwtkWiTxHmKdKyLZbvtYYd6VLbZVlgJq9rEMyw'],
  declare: (command) => {
    command
      .argument('<key>', 'its fingerprint or id, as `rosterport key list` shows them')
      .requiredOption('--tenant <name>', 'the tenant')
      .option('--json', 'print the credential');
  },
  run: async ({ args: [wanted = ''], options: { tenant, json }, surroundings: { env, stdout } }) => {
    const key = await useDatabase(settingsFrom(env), async (database) => {
      const { id: tenantId } = await findTenant(database, tenant);
      const named = (await listCredentials(database, tenantId)).filter(({ kind, id, fingerprint }) => kind === 'sshKey' && [id, fingerprint].includes(wanted));
      // A key that was removed may have been added again.
      const found = named.find(({ revokedAt }) => revokedAt === null) ?? named[0];
      if (found === undefined) throw new Failure('notFound', { values: { what: 'key' } });
      return revokeCredential(database, { tenantId, credentialId: found.id });
    });
    if (json === true) await printJson(stdout, key);
    else await print(stdout, `Key ${key.fingerprint ?? ''} may no longer log in as ${tenant}.\n`);
    return exitCodes.ok;
  },
};
