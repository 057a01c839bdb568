import { pen } from '@rosterport/reports';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { declareTenant, useTenant, type TenantOptions } from './tenant-option.ts';

/** `rosterport attribute remove`. */
export const attributeRemove: CommandDefinition<TenantOptions> = {
  name: 'remove',
  summary: 'Remove an attribute of which nobody has a value.',
  examples: ['rosterport attribute remove --tenant acme Citty'],
  declare: (command) => void declareTenant(command.argument('<name>', 'the name of the attribute')),
  run: async (call) => {
    // The doors take a second to load, and most commands need none of them.
    const { dropAttribute } = await import('@rosterport/gateway');
    const { args: [name = ''], options, surroundings: { stdout } } = call;
    const removed = await useTenant(call, (database, by) => dropAttribute(database, by, name));
    if (options.json === true) await printJson(stdout, removed);
    else await print(stdout, pen(false)(`Attribute ${removed.name} was removed.`));
    return exitCodes.ok;
  },
};
