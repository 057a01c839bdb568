import type { ServerOptions } from '../client/find-server.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { userText } from './record-text.ts';
import { declareServer, serverNotes, useApi } from './server-options.ts';
import { recordNotes } from './user-options.ts';

interface Options extends ServerOptions {
  readonly json?: boolean;
}

/** `rosterport user show`. */
export const userShow: CommandDefinition<Options> = {
  name: 'show',
  summary: 'Show a person of the directory.',
  examples: ['rosterport user show E1005', 'rosterport user show id:17 --json'],
  notes: `${recordNotes}\n${serverNotes}`,
  declare: (command) => {
    command.argument('<person>', 'the external id, or id: and the id');
    declareServer(command).option('--json', 'print the person');
  },
  run: async (call) =>
    useApi(call, 'reportToken', async ({ directory }) => {
      const { args: [name = ''], options, surroundings } = call;
      const user = await directory.user(name);
      if (options.json === true) await printJson(surroundings.stdout, user);
      else await print(surroundings.stdout, userText(user));
      return exitCodes.ok;
    }),
};
