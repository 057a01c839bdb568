import { listAttributes } from '@rosterport/directory';
import type { AttributeDefinition } from '@rosterport/domain';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { declareTenant, useTenant, type TenantOptions } from './tenant-option.ts';
import { textTable } from './text-table.ts';

/** `rosterport attribute list`. */
export const attributeList: CommandDefinition<TenantOptions> = {
  name: 'list',
  summary: 'List the attributes that a tenant has defined.',
  examples: ['rosterport attribute list --tenant acme'],
  declare: (command) => void declareTenant(command),
  run: async (call) => {
    const { options, surroundings } = call;
    const attributes = await useTenant(call, (database, { tenantId }) => listAttributes(database, tenantId));
    if (options.json === true) await printJson(surroundings.stdout, attributes);
    else await print(surroundings.stdout, textTable(columns, attributes.map(cells), `Tenant ${options.tenant} has defined no attribute.`));
    return exitCodes.ok;
  },
};

const columns = ['NAME', 'TYPE', 'REQUIRED', 'OPTIONS'];

function cells({ name, type, required, options }: AttributeDefinition): readonly string[] {
  return [name, type, required ? 'yes' : 'no', options.join(', ')];
}
