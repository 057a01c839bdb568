import { findFeed, shownFeed } from '@rosterport/access';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { feedText } from './feed-text.ts';
import { print, printJson } from './print.ts';
import { declareTenant, useTenant, type TenantOptions } from './tenant-option.ts';

/** `rosterport feed show`. */
export const feedShow: CommandDefinition<TenantOptions> = {
  name: 'show',
  summary: 'Show all settings of a feed.',
  examples: ['rosterport feed show --tenant acme default'],
  declare: (command) => void declareTenant(command.argument('<feed>', 'the name of the feed')),
  run: async (call) => {
    const { args: [name = ''], options, surroundings: { stdout } } = call;
    const feed = await useTenant(call, (database, { tenantId }) => findFeed(database, tenantId, name));
    if (options.json === true) await printJson(stdout, shownFeed(feed));
    else await print(stdout, feedText(feed));
    return exitCodes.ok;
  },
};
