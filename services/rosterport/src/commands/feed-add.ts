import { shownFeed } from '@rosterport/access';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { declareFeed, policyOf, type FeedOptions } from './feed-options.ts';
import { feedText } from './feed-text.ts';
import { print, printJson } from './print.ts';
import { declareTenant, useTenant, type TenantOptions } from './tenant-option.ts';

interface Options extends TenantOptions, FeedOptions {
  readonly source?: string;
}

/** `rosterport feed add`. */
export const feedAdd: CommandDefinition<Options> = {
  name: 'add',
  summary: 'Add a feed to a source of a tenant; what is not told is as by default.',
  examples: [
    'rosterport feed add --tenant acme nightly --source files --mode full',
    'rosterport feed add --tenant acme payroll --guard deactivations=2%,3 --guard swappedIds=off',
  ],
  notes: 'Feeds of one source manage the same people. A source of its own keeps its people apart, also those of equal ids.',
  declare: (command) => {
    declareTenant(command.argument('<feed>', '1 to 32 lower-case letters, digits and hyphens, a letter first'));
    declareFeed(command.option('--source <name>', 'the source; made where there is none of that name (default: the name of the feed)'));
  },
  run: async (call) => {
    // The doors take a second to load, and most commands need none of them.
    const { createFeed } = await import('@rosterport/gateway');
    const { args: [name = ''], options, surroundings: { stdout } } = call;
    const { source, mode, json } = options;
    const feed = await useTenant(call, (database, by) => createFeed(database, by, { name, source, mode, policy: policyOf(options, null) }));
    if (json === true) await printJson(stdout, shownFeed(feed));
    else await print(stdout, feedText(feed));
    return exitCodes.ok;
  },
};
