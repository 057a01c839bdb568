import { countedRows, jobStates, type Job } from '@rosterport/domain';
import { InvalidArgumentError, Option } from 'commander';
import type { Api } from '../client/api.ts';
import type { ServerOptions } from '../client/find-server.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
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
  examples: ['rosterport jobs', 'rosterport jobs --state rejected --limit 100 --json'],
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
      const jobs = await newest(api, options);
      if (options.json === true) await printJson(surroundings.stdout, jobs);
      else await print(surroundings.stdout, textTable(columns, jobs.map(cells), 'There is no such job.'));
      return exitCodes.ok;
    }),
};

const largestPage = 1_000;

async function newest(api: Api, { state, limit }: Options): Promise<readonly Job[]> {
  const jobs: Job[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.jobs({ state, limit: Math.min(limit - jobs.length, largestPage), cursor });
    jobs.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && jobs.length < limit);
  return jobs;
}

const columns = ['RECEIVED', 'STATE', 'ROWS', 'REJECTED', 'CHANNEL', 'JOB', 'FILE'];

function cells(job: Job): readonly string[] {
  return [
    job.receivedAt,
    job.state,
    String(countedRows(job.counts)),
    String(job.counts.rejected),
    job.channel,
    job.id,
    job.fileName,
  ];
}

function readLimit(text: string): number {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (number < 1) throw new InvalidArgumentError('It must be a whole number from 1 to 999999.');
  return number;
}
