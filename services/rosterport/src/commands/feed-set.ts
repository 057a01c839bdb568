import { findFeed, shownFeed } from '@rosterport/access';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { declareFeed, policyOf, type FeedOptions } from './feed-options.ts';
import { feedText } from './feed-text.ts';
import { print, printJson } from './print.ts';
import { declareTenant, useTenant, type TenantOptions } from './tenant-option.ts';

/** `rosterport feed set`. */
export const feedSet: CommandDefinition<TenantOptions & FeedOptions> = {
  name: 'set',
  summary: 'Change settings of a feed; what is not told stays as it is.',
  examples: [
    'rosterport feed set --tenant acme default --clear-token "#CLEAR" --unknown-group reject',
    'rosterport feed set --tenant acme default --guard updates=off --guard deactivations=5%,10',
    'rosterport feed set --tenant acme default --expect "0 6 * * 1-5" --time-zone Europe/Stockholm --grace 60',
  ],
  declare: (command) => void declareFeed(declareTenant(command.argument('<feed>', 'the name of the feed'))),
  run: async (call) => {
    // The doors take a second to load, and most commands need none of them.
    const { alterFeed } = await import('@rosterport/gateway');
    const { args: [name = ''], options, surroundings: { stdout } } = call;
    const feed = await useTenant(call, async (database, by) => {
      const { policy } = await findFeed(database, by.tenantId, name);
      return alterFeed(database, by, { name, mode: options.mode, policy: policyOf(options, policy.expected) });
    });
    if (options.json === true) await printJson(stdout, shownFeed(feed));
    else await print(stdout, feedText(feed));
    return exitCodes.ok;
  },
};
