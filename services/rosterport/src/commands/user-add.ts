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

/** `rosterport user add`. */
export const userAdd: CommandDefinition<Options> = {
  name: 'add',
  summary: 'Make a person by hand, who belongs to no source.',
  examples: [
    'rosterport user add --first-name Ada --last-name Berg --email ada@example.com',
    'rosterport user add --first-name Bo --last-name Dahl --phone "+46 70 174 06 36" --group DEP_001 --attribute City=Lund --json',
  ],
  notes: `${recordNotes}\n${serverNotes}`,
  declare: (command) => {
    declareUser(declareServer(command)).option('--json', 'print the person');
  },
  run: async (call) =>
    useApi(call, 'operatorToken', async ({ directory }) => {
      const { options, surroundings } = call;
      const user = await directory.addUser(await userBody(directory, options));
      if (options.json === true) await printJson(surroundings.stdout, user);
      else await print(surroundings.stdout, userText(user));
      return exitCodes.ok;
    }),
};
