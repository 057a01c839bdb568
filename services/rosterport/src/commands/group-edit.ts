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

/** `rosterport group edit`. */
export const groupEdit: CommandDefinition<Options> = {
  name: 'edit',
  summary: 'Change a group by hand; what is not named stays as it is.',
  examples: ['rosterport group edit id:4 --name Mars --no-parent', 'rosterport group edit DEP_001 --description "All that grows"'],
  notes: `A group that a source manages is what its files say, as long as a feed of the source is enabled.\n${recordNotes}\n${serverNotes}`,
  declare: (command) => {
    command.argument('<group>', 'the external id, or id: and the id');
    declareGroup(declareServer(command)).option('--json', 'print the group');
  },
  run: async (call) =>
    useApi(call, 'operatorToken', async ({ directory }) => {
      const { args: [name = ''], options, surroundings } = call;
      const { id } = await directory.group(name);
      const group = await directory.changeGroup(id, await groupBody(directory, options));
      if (options.json === true) await printJson(surroundings.stdout, group);
      else await print(surroundings.stdout, groupText(group));
      return exitCodes.ok;
    }),
};
