import { changeActions, type Job, type RecordChange } from '@rosterport/domain';
import { changeText, changesNotice, pen } from '@rosterport/reports';
import { Option } from 'commander';
import { allPages } from '../client/all-pages.ts';
import type { ServerOptions } from '../client/find-server.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { isColourful, printAll } from './print.ts';
import { declareServer, serverNotes, useApi } from './server-options.ts';

interface Options extends ServerOptions {
  readonly action?: string;
  readonly kind?: string;
  readonly json?: boolean;
}

/** `rosterport changes`. */
export const changesCommand: CommandDefinition<Options> = {
  name: 'changes',
  summary: 'List what a job changed in the directory, or would change: who, and which values before and after.',
  examples: [
    'rosterport changes 3f0d7c1e-5b7a-4c55-9d0f-0d9a4a5c1b2e',
    'rosterport changes 3f0d7c1e-5b7a-4c55-9d0f-0d9a4a5c1b2e --action deactivated --json',
  ],
  notes: serverNotes,
  declare: (command) => {
    command.argument('<job>', 'the id of the job, as `send` and `jobs` show it');
    declareServer(command)
      .addOption(new Option('--action <action>', 'only these').choices(changeActions))
      .addOption(new Option('--kind <kind>', 'only these').choices(['user', 'group', 'attribute']))
      .option('--json', 'print a list, with the values of new records too');
  },
  run: async (call) =>
    useApi(call, 'reportToken', async (api) => {
      const { args: [id = ''], options: { action, kind, json }, surroundings: { stdout, env } } = call;
      const job = await api.job(id);
      const changes = allPages(Infinity, (page) => api.changes(id, { ...page, action, kind }));
      await printAll(stdout, json === true ? asJson(changes) : asText(job, changes, isColourful(stdout, env)));
      return exitCodes.ok;
    }),
};

async function* asJson(changes: AsyncIterable<RecordChange>): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const change of changes) {
    yield separator + JSON.stringify(change);
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

async function* asText(job: Job, changes: AsyncIterable<RecordChange>, colour: boolean): AsyncGenerator<string> {
  const line = pen(colour);
  let isEmpty = true;
  for await (const change of changes) {
    isEmpty = false;
    yield [...changeText(job, change, line)].join('');
  }
  const notice = changesNotice(job);
  if (notice !== null) yield line(notice);
  else if (isEmpty) yield line('There is no such change.');
}
