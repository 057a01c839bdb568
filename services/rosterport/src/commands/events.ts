import { eventKinds, type TenantEvent } from '@rosterport/domain';
import { Option } from 'commander';
import type { ServerOptions } from '../client/find-server.ts';
import { firstItems } from '../client/first-items.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { printJson } from './print.ts';
import { printList } from './print-list.ts';
import { readLimit } from './read-limit.ts';
import { declareServer, serverNotes, useApi } from './server-options.ts';
import { textTable } from './text-table.ts';

interface Options extends ServerOptions {
  readonly kind?: string;
  readonly job?: string;
  readonly limit: number;
  readonly json?: boolean;
}

/** `rosterport events`. */
export const eventsCommand: CommandDefinition<Options> = {
  name: 'events',
  summary: 'List alerts, decisions and edits, the newest first.',
  examples: ['rosterport events', 'rosterport events --kind expectedFileMissing --limit 100 --json'],
  notes: serverNotes,
  declare: (command) => {
    declareServer(command)
      .addOption(new Option('--kind <kind>', 'only events of this kind').choices(eventKinds).conflicts('job'))
      .option('--job <job>', 'only what happened to this job')
      .option('--limit <number>', 'how many at most', readLimit, 20)
      .option('--json', 'print a list of the events');
  },
  run: async (call) =>
    useApi(call, 'reportToken', async (api) => {
      const { options: { kind, job, limit, json }, surroundings } = call;
      const { items, goesOn } = await firstItems(limit, (page) => api.events({ ...page, kind, job }));
      if (json === true) await printJson(surroundings.stdout, items);
      else await printList(surroundings, textTable(columns, items.map(cells), 'There is no such event.'), goesOn);
      return exitCodes.ok;
    }),
};

const columns = ['AT', 'KIND', 'FEED', 'JOB', 'BY', 'DETAILS'];

function cells({ at, kind, feed, jobId, by, details }: TenantEvent): readonly string[] {
  const known = Object.entries(details).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [at, kind, feed ?? '-', jobId ?? '-', by ?? '-', known.join(' ')];
}
