import type { ServerOptions } from '../client/find-server.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { userText } from './record-text.ts';
import { declareServer, serverNotes, useApi } from './server-options.ts';
import { declareUser, recordNotes, userBody, type UserOptions } from './user-options.ts';

interface Options extends ServerOptions, UserOptions {
  readonly json?: boolean;
}

/** `rosterport user edit`. */
export const userEdit: CommandDefinition<Options> = {
  name: 'edit',
  summary: 'Change a person by hand; what is not named stays as it is.',
  examples: [
    'rosterport user edit id:17 --last-name Dahl --attribute City=Lund',
    'rosterport user edit E1005 --administrator',
  ],
  notes: [
    'Somebody whom a source manages is what its files say: as long as a feed of the source is enabled, only --administrator can be',
    `changed. ${recordNotes}`,
    serverNotes,
  ].join('\n'),
  declare: (command) => {
    command.argument('<person>', 'the external id, or id: and the id');
    declareUser(declareServer(command)).option('--json', 'print the person');
  },
  run: async (call) =>
    useApi(call, 'operatorToken', async ({ directory }) => {
      const { args: [name = ''], options, surroundings } = call;
      const { id } = await directory.user(name);
      const user = await directory.changeUser(id, await userBody(directory, options));
      if (options.json === true) await printJson(surroundings.stdout, user);
      else await print(surroundings.stdout, userText(user));
      return exitCodes.ok;
    }),
};
