import { findFeed, findTenant, issueToken } from '@rosterport/access';
import { scopes as everyScope, type Mode, type Scope } from '@rosterport/domain';
import { settingsFrom } from '../settings.ts';
import type { CommandDefinition } from './command.ts';
import { declareBounds, declarePlace, readScopes } from './credential-options.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { useDatabase } from './use-database.ts';

interface Options {
  readonly tenant: string;
  readonly name: string;
  readonly scope: readonly Scope[];
  readonly expires?: Date;
  readonly from?: readonly string[];
  readonly feed?: string;
  readonly mode?: Mode;
  readonly json?: boolean;
}

/** `rosterport token issue`. */
export const tokenIssue: CommandDefinition<Options> = {
  name: 'issue',
  summary: 'Issue an API token, which is the SFTP password too. It is shown this once and can never be shown again.',
  examples: [
    'rosterport token issue --tenant acme',
    'rosterport token issue --tenant acme --from 198.51.100.0/24',
    'rosterport token issue --tenant acme --name "HR export" --scope upload,reports --expires 2027-01-31',
  ],
  declare: (command) => {
    declareBounds(declarePlace(command.requiredOption('--tenant <name>', 'the tenant that it is for')))
      .option('--name <text>', 'what people call it', 'token')
      .option('--scope <list>', `what it may do: ${everyScope.join(', ')}, with commas between`, readScopes, ['upload'])
      .option('--json', 'print `{"token", "credential"}`');
  },
  run: async ({ options, surroundings: { env, stdout, stderr } }) => {
    const { tenant, name, scope: scopes, expires, from, feed, mode, json } = options;
    const issued = await useDatabase(settingsFrom(env), async (database) => {
      const { id } = await findTenant(database, tenant);
      const feedId = feed === undefined ? undefined : (await findFeed(database, id, feed)).id;
      return issueToken(database, { tenantId: id, name, scopes, expiresAt: expires, networks: from, feedId, mode });
    });
    if (json === true) {
      await printJson(stdout, issued);
      return exitCodes.ok;
    }
    await print(stderr, `Token ${issued.credential.id} of tenant ${tenant}; keep it now, it is not shown again:\n`);
    await print(stdout, `${issued.token}\n`);
    return exitCodes.ok;
  },
};
