import type { DirectoryUser } from '@rosterport/domain';
import { Option } from 'commander';
import type { ServerOptions } from '../client/find-server.ts';
import { firstItems } from '../client/first-items.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { printJson } from './print.ts';
import { printList } from './print-list.ts';
import { readLimit } from './read-limit.ts';
import { recordLabel } from './record-text.ts';
import { declareServer, serverNotes, useApi } from './server-options.ts';
import { textTable } from './text-table.ts';

interface Options extends ServerOptions {
  readonly externalId?: string;
  readonly active?: boolean;
  readonly inactive?: boolean;
  readonly limit: number;
  readonly json?: boolean;
}

/** `rosterport user list`. */
export const userList: CommandDefinition<Options> = {
  name: 'list',
  summary: 'List the people of the directory, in the order in which they were made.',
  examples: ['rosterport user list', 'rosterport user list --inactive --limit 1000 --json'],
  notes: serverNotes,
  declare: (command) => {
    declareServer(command)
      .option('--external-id <id>', 'only who has this external id')
      .addOption(new Option('--active', 'only active people').conflicts('inactive'))
      .option('--inactive', 'only inactive people')
      .option('--limit <number>', 'how many at most', readLimit, 20)
      .option('--json', 'print a list of the people');
  },
  run: async (call) =>
    useApi(call, 'reportToken', async ({ directory }) => {
      const { options: { externalId, active, inactive, limit, json }, surroundings } = call;
      const wanted = { externalId, active: active ?? (inactive === true ? false : undefined) };
      const { items, goesOn } = await firstItems(limit, (page) => directory.users({ ...page, ...wanted }));
      if (json === true) await printJson(surroundings.stdout, items);
      else await printList(surroundings, textTable(columns, items.map(cells), 'There is nobody.'), goesOn);
      return exitCodes.ok;
    }),
};

const columns = ['PERSON', 'FIRST NAME', 'LAST NAME', 'E-MAIL', 'PHONE', 'STATE', 'SOURCE', 'GROUPS'];

function cells(user: DirectoryUser): readonly string[] {
  const { firstName, lastName, email, phone, active, source, groups } = user;
  const state = active ? 'active' : 'inactive';
  return [recordLabel(user), firstName, lastName, email ?? '-', phone ?? '-', state, source ?? 'by hand', groups.map(({ name }) => name).join(', ')];
}
