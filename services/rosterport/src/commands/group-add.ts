import type { ServerOptions } from '../client/find-server.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { declareGroup, groupBody, type GroupOptions } from './group-options.ts';
import { print, printJson } from './print.ts';
import { groupText } from './record-text.ts';
import { declareServer, serverNotes, useApi } from './server-options.ts';
import { recordNotes } from './user-options.ts';

interface Options extends ServerOptions, GroupOptions {
  readonly json?: boolean;
}

/** `rosterport group add`. */
export const groupAdd: CommandDefinition<Options> = {
  name: 'add',
  summary: 'Make a group by hand, which belongs to no source.',
  examples: ['rosterport group add --name Projects', 'rosterport group add --name Moon --parent id:4 --json'],
  notes: `${recordNotes}\n${serverNotes}`,
  declare: (command) => {
    declareGroup(declareServer(command)).option('--json', 'print the group');
  },
  run: async (call) =>
    useApi(call, 'operatorToken', async ({ directory }) => {
      const { options, surroundings } = call;
      const group = await directory.addGroup(await groupBody(directory, options));
      if (options.json === true) await printJson(surroundings.stdout, group);
      else await print(surroundings.stdout, groupText(group));
      return exitCodes.ok;
    }),
};
