import type { DirectoryGroup } from '@rosterport/domain';
import type { ServerOptions } from '../client/find-server.ts';
import { firstItems } from '../client/first-items.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { printJson } from './print.ts';
import { printList } from './print-list.ts';
import { readLimit } from './read-limit.ts';
import { groupName, recordLabel } from './record-text.ts';
import { declareServer, serverNotes, useApi } from './server-options.ts';
import { textTable } from './text-table.ts';

interface Options extends ServerOptions {
  readonly externalId?: string;
  readonly limit: number;
  readonly json?: boolean;
}

/** `rosterport group list`. */
export const groupList: CommandDefinition<Options> = {
  name: 'list',
  summary: 'List the groups of the directory, in the order in which they were made.',
  examples: ['rosterport group list', 'rosterport group list --limit 1000 --json'],
  notes: serverNotes,
  declare: (command) => {
    declareServer(command)
      .option('--external-id <id>', 'only the group with this external id')
      .option('--limit <number>', 'how many at most', readLimit, 20)
      .option('--json', 'print a list of the groups');
  },
  run: async (call) =>
    useApi(call, 'reportToken', async ({ directory }) => {
      const { options: { externalId, limit, json }, surroundings } = call;
      const { items, goesOn } = await firstItems(limit, (page) => directory.groups({ ...page, externalId }));
      if (json === true) await printJson(surroundings.stdout, items);
      else await printList(surroundings, textTable(columns, items.map(cells), 'There is no group.'), goesOn);
      return exitCodes.ok;
    }),
};

const columns = ['GROUP', 'NAME', 'MEMBERS', 'PARENT', 'MANAGERS'];

function cells(group: DirectoryGroup): readonly string[] {
  const { name, members, parent, managers } = group;
  return [recordLabel(group), name, String(members), parent === null ? '-' : groupName(parent), managers.map(({ name: manager }) => manager).join(', ')];
}
