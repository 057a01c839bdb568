import { listFeeds, shownFeed, type Feed } from '@rosterport/access';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { declareTenant, useTenant, type TenantOptions } from './tenant-option.ts';
import { textTable } from './text-table.ts';

/** `rosterport feed list`. */
export const feedList: CommandDefinition<TenantOptions> = {
  name: 'list',
  summary: 'List the feeds of a tenant.',
  examples: ['rosterport feed list --tenant acme'],
  declare: (command) => void declareTenant(command),
  run: async (call) => {
    const { options, surroundings } = call;
    const feeds = await useTenant(call, (database, { tenantId }) => listFeeds(database, tenantId));
    if (options.json === true) await printJson(surroundings.stdout, feeds.map(shownFeed));
    else await print(surroundings.stdout, textTable(columns, feeds.map(cells), `Tenant ${options.tenant} has no feed.`));
    return exitCodes.ok;
  },
};

const columns = ['NAME', 'SOURCE', 'MODE', 'STATE', 'EXPECTS'];

function cells({ name, source, mode, enabled, policy }: Feed): readonly string[] {
  return [name, source, mode, enabled ? 'enabled' : 'disabled', policy.expected?.schedule ?? 'no'];
}
