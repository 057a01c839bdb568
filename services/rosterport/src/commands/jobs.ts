import { countedRows, jobStates, type Job } from '@rosterport/domain';
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
  readonly state?: string;
  readonly limit: number;
  readonly json?: boolean;
}

/** `rosterport jobs`. */
export const jobsCommand: CommandDefinition<Options> = {
  name: 'jobs',
  summary: 'List the jobs of a server, the newest first.',
  examples: ['rosterport jobs', 'rosterport jobs --state held', 'rosterport jobs --state rejected --limit 100 --json'],
  notes: serverNotes,
  declare: (command) => {
    declareServer(command)
      .addOption(new Option('--state <state>', 'only jobs in this state').choices(jobStates))
      .option('--limit <number>', 'how many at most', readLimit, 20)
      .option('--json', 'print a list of the jobs');
  },
  run: async (call) =>
    useApi(call, 'reportToken', async (api) => {
      const { options, surroundings } = call;
      const { items, goesOn } = await firstItems(options.limit, (page) => api.jobs({ ...page, state: options.state }));
      if (options.json === true) await printJson(surroundings.stdout, items);
      else await printList(surroundings, textTable(columns, items.map(cells), 'There is no such job.'), goesOn);
      return exitCodes.ok;
    }),
};

const columns = ['RECEIVED', 'STATE', 'ROWS', 'REJECTED', 'CHANNEL', 'JOB', 'FILE'];

function cells(job: Job): readonly string[] {
  return [
    job.receivedAt,
    job.state,
    String(countedRows(job.counts)),
    String(job.counts.rejected),
    job.channel,
    job.id,
    job.kind === 'revert' ? `revert of ${job.fileName}` : job.fileName,
  ];
}
