import { pen } from '@rosterport/reports';
import type { ServerOptions } from '../client/find-server.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print } from './print.ts';
import { declareServer, serverNotes, useApi } from './server-options.ts';

/** `rosterport discard`. */
export const discardCommand: CommandDefinition<ServerOptions> = {
  name: 'discard',
  summary: 'Discard a job that is held or waits: nothing changes, and later files of its feed go on.',
  examples: ['rosterport discard 3f0d7c1e-5b7a-4c55-9d0f-0d9a4a5c1b2e'],
  notes: serverNotes,
  declare: (command) => {
    command.argument('<job>', 'the id of the job');
    declareServer(command);
  },
  run: async (call) =>
    useApi(call, 'operatorToken', async (api) => {
      const { args: [id = ''], surroundings } = call;
      const job = await api.discard(id);
      await print(surroundings.stdout, pen(false)(`Job ${job.id} (${job.fileName}) is discarded; nothing has changed.`));
      return exitCodes.ok;
    }),
};
