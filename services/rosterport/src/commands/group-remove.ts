import { pen } from '@rosterport/reports';
import type { ServerOptions } from '../client/find-server.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { groupName } from './record-text.ts';
import { declareServer, serverNotes, useApi } from './server-options.ts';
import { recordNotes } from './user-options.ts';

interface Options extends ServerOptions {
  readonly moveUp?: boolean;
  readonly json?: boolean;
}

/** `rosterport group remove`. */
export const groupRemove: CommandDefinition<Options> = {
  name: 'remove',
  summary: 'Remove a group that was made by hand; its people stay.',
  examples: ['rosterport group remove id:4', 'rosterport group remove id:4 --move-up'],
  notes: `A group that files made is not removed by hand, nor one that files of an enabled feed put people into.\n${recordNotes}\n${serverNotes}`,
  declare: (command) => {
    command.argument('<group>', 'the external id, or id: and the id');
    declareServer(command)
      .option('--move-up', 'the groups below it get the group above it; otherwise there may be none')
      .option('--json', 'print the group as it was');
  },
  run: async (call) =>
    useApi(call, 'operatorToken', async ({ directory }) => {
      const { args: [name = ''], options, surroundings: { stdout } } = call;
      const { id } = await directory.group(name);
      const group = await directory.removeGroup(id, options.moveUp === true ? 'moveUp' : 'refuse');
      if (options.json === true) await printJson(stdout, group);
      else await print(stdout, pen(false)(`Group ${groupName(group)} was removed.`));
      return exitCodes.ok;
    }),
};
