import { pen } from '@rosterport/reports';
import type { ServerOptions } from '../client/find-server.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { declareServer, serverNotes, useApi } from './server-options.ts';

interface Options extends ServerOptions {
  readonly json?: boolean;
}

/** `rosterport discard`. */
export const discardCommand: CommandDefinition<Options> = {
  name: 'discard',
  summary: 'Discard a job that is held or waits: nothing changes, and later files of its feed go on.',
  examples: ['rosterport discard 3f0d7c1e-5b7a-4c55-9d0f-0d9a4a5c1b2e'],
  notes: serverNotes,
  declare: (command) => {
    command.argument('<job>', 'the id of the job');
    declareServer(command).option('--json', 'print the job');
  },
  run: async (call) =>
    useApi(call, 'operatorToken', async (api) => {
      const { args: [id = ''], options, surroundings: { stdout } } = call;
      const job = await api.discard(id);
      if (options.json === true) await printJson(stdout, job);
      else await print(stdout, pen(false)(`Job ${job.id} (${job.fileName}) is discarded; nothing has changed.`));
      return exitCodes.ok;
    }),
};
