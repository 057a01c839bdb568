import type { Credential } from '@rosterport/access';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { tenantCredentials } from './tenant-credentials.ts';
import { textTable } from './text-table.ts';
import { stateOf } from './token-list.ts';

interface Options {
  readonly tenant: string;
  readonly json?: boolean;
}

/** `rosterport key list`. */
export const keyList: CommandDefinition<Options> = {
  name: 'list',
  summary: 'List the SSH public keys of a tenant, with their fingerprints.',
  examples: ['rosterport key list --tenant acme', 'rosterport key list --tenant acme --json'],
  declare: (command) => {
    command.requiredOption('--tenant <name>', 'the tenant').option('--json', 'print a list of credentials');
  },
  run: async ({ options: { tenant, json }, surroundings }) => {
    const { stdout } = surroundings;
    const credentials = await tenantCredentials(surroundings, tenant);
    const keys = credentials.filter(({ kind }) => kind === 'sshKey');
    if (json === true) await printJson(stdout, keys);
    else await print(stdout, textTable(columns, keys.map(cells), `Tenant ${tenant} has no key.`));
    return exitCodes.ok;
  },
};

const columns = ['NAME', 'FINGERPRINT', 'STANDS FOR', 'FROM', 'EXPIRES', 'LAST USED', 'STATE', 'ID'];

function cells(key: Credential): readonly string[] {
  return [
    key.name,
    key.fingerprint ?? '',
    key.partOf ?? 'itself',
    key.networks.join(',') || 'anywhere',
    key.expiresAt ?? 'never',
    key.lastUsedAt ?? 'never',
    stateOf(key),
    key.id,
  ];
}
