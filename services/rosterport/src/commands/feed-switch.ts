import { shownFeed } from '@rosterport/access';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { declareTenant, useTenant, type TenantOptions } from './tenant-option.ts';

interface Switch {
  readonly name: 'enable' | 'disable';
  readonly summary: string;
  readonly done: string;
}

function feedSwitch({ name, summary, done }: Switch): CommandDefinition<TenantOptions> {
  return {
    name,
    summary,
    examples: [`rosterport feed ${name} --tenant acme default`],
    declare: (command) => void declareTenant(command.argument('<feed>', 'the name of the feed')),
    run: async (call) => {
      // The doors take a second to load, and most commands need none of them.
      const { alterFeed } = await import('@rosterport/gateway');
      const { args: [feedName = ''], options, surroundings: { stdout } } = call;
      const feed = await useTenant(call, (database, by) => alterFeed(database, by, { name: feedName, enabled: name === 'enable' }));
      if (options.json === true) await printJson(stdout, shownFeed(feed));
      else await print(stdout, `Feed ${feed.name} of tenant ${options.tenant} ${done}\n`);
      return exitCodes.ok;
    },
  };
}

/** `rosterport feed enable`. */
export const feedEnable = feedSwitch({
  name: 'enable',
  summary: 'Enable a feed again: its next file finds people by their e-mail first, by external id afterwards.',
  done: 'is enabled.',
});

/** `rosterport feed disable`. */
export const feedDisable = feedSwitch({
  name: 'disable',
  summary: 'Disable a feed: it takes no files, and all people stay as they are.',
  done: 'is disabled; all people stay as they are.',
});
