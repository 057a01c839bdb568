import { findFeed, findTenant, issueToken } from '@rosterport/access';
import { scopes as everyScope, type Mode, type Scope } from '@rosterport/domain';
import { settingsFrom } from '../settings.ts';
import type { CommandDefinition } from './command.ts';
import { declarePlace, readExpiry, readScopes } from './credential-options.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { useDatabase } from './use-database.ts';

interface Options {
  readonly tenant: string;
  readonly name: string;
  readonly scope: readonly Scope[];
  readonly expires?: Date;
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
    'rosterport token issue --tenant acme --name "HR export" --scope upload,reports --expires 2027-01-31',
  ],
  declare: (command) => {
    declarePlace(command.requiredOption('--tenant <name>', 'the tenant that it is for'))
      .option('--name <text>', 'what people call it', 'token')
      .option('--scope <list>', `what it may do: ${everyScope.join(', ')}, with commas between`, readScopes, ['upload'])
      .option('--expires <day>', 'last day on which it works (UTC), or a moment such as 2027-01-31T12:00:00Z', readExpiry)
      .option('--json', 'print `{"token", "credential"}`');
  },
  run: async ({ options, surroundings: { env, stdout, stderr } }) => {
    const { tenant, name, scope: scopes, expires, feed, mode, json } = options;
    const issued = await useDatabase(settingsFrom(env), async (database) => {
      const { id } = await findTenant(database, tenant);
      const feedId = feed === undefined ? undefined : (await findFeed(database, id, feed)).id;
      return issueToken(database, { tenantId: id, name, scopes, expiresAt: expires, feedId, mode });
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
