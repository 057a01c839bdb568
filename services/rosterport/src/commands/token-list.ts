import type { Credential } from '@rosterport/access';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { tenantCredentials } from './tenant-credentials.ts';
import { textTable } from './text-table.ts';

interface Options {
  readonly tenant: string;
  readonly json?: boolean;
}

/** `rosterport token list`. */
export const tokenList: CommandDefinition<Options> = {
  name: 'list',
  summary: 'List the tokens and SSH keys of a tenant, without the tokens themselves.',
  examples: ['rosterport token list --tenant acme', 'rosterport token list --tenant acme --json'],
  declare: (command) => {
    command.requiredOption('--tenant <name>', 'the tenant').option('--json', 'print a list of credentials');
  },
  run: async ({ options: { tenant, json }, surroundings }) => {
    const { stdout } = surroundings;
    const credentials = await tenantCredentials(surroundings, tenant);
    if (json === true) await printJson(stdout, credentials);
    else await print(stdout, textTable(columns, credentials.map(cells), `Tenant ${tenant} has neither token nor key.`));
    return exitCodes.ok;
  },
};

const columns = ['NAME', 'KIND', 'SCOPES', 'FROM', 'EXPIRES', 'LAST USED', 'STATE', 'ID'];

function cells(credential: Credential): readonly string[] {
  return [
    credential.name,
    credential.kind === 'token' ? 'token' : 'SSH key',
    credential.scopes.join(','),
    credential.networks.join(',') || 'anywhere',
    credential.expiresAt ?? 'never',
    credential.lastUsedAt ?? 'never',
    stateOf(credential),
    credential.id,
  ];
}

/** Whether it works. */
export function stateOf({ revokedAt, expiresAt }: Credential): string {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= Date.now() ? 'expired' : 'valid';
}
