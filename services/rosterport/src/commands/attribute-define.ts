import { attributeTypes, type AttributeType } from '@rosterport/domain';
import { pen } from '@rosterport/reports';
import { Option } from 'commander';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { declareTenant, useTenant, type TenantOptions } from './tenant-option.ts';

interface Options extends TenantOptions {
  readonly type: AttributeType;
  readonly option: readonly string[];
  readonly required?: boolean;
}

/** `rosterport attribute define`. */
export const attributeDefine: CommandDefinition<Options> = {
  name: 'define',
  summary: 'Define an attribute, or define it anew; values that people have must fit.',
  examples: [
    'rosterport attribute define --tenant acme City --type list --option Lund --option "Malmö"',
    'rosterport attribute define --tenant acme Hired --type date --required',
  ],
  declare: (command) => {
    declareTenant(command.argument('<name>', 'the header of its column, exactly'))
      .addOption(new Option('--type <type>', 'what its values are').choices(attributeTypes).default('text'))
      .option('--option <text>', 'a value of a list; once for each', (text: string, before: readonly string[]) => [...before, text], [])
      .option('--required', 'every active person of a file must have a value');
  },
  run: async (call) => {
    // The doors take a second to load, and most commands need none of them.
    const { setAttribute } = await import('@rosterport/gateway');
    const { args: [name = ''], options: { type, option, required = false, json }, surroundings: { stdout } } = call;
    const definition = { name, type, options: option, required };
    const { after } = await useTenant(call, (database, by) => setAttribute(database, by, definition));
    if (json === true) await printJson(stdout, after);
    else await print(stdout, pen(false)(`Attribute ${after.name} is ${after.required ? 'a required' : 'a'} ${after.type}.`));
    return exitCodes.ok;
  },
};
