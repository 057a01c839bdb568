import { basename } from 'node:path';
import type { Job, Mode } from '@rosterport/domain';
import { isOnlyPlanned, pen } from '@rosterport/reports';
import { Option } from 'commander';
import type { Accepted, Api } from '../client/api.ts';
import type { ServerOptions } from '../client/find-server.ts';
import { jobText } from '../client/job-text.ts';
import { openLocalFile } from '../client/local-file.ts';
import { waitForJob } from '../client/wait-for-job.ts';
import type { Call, CommandDefinition } from './command.ts';
import { exitCodeOfJob, exitCodes } from './exit-code.ts';
import { nextCommands } from './next-commands.ts';
import { isColourful, print, printAll, printJson } from './print.ts';
import { showProgress } from './progress.ts';
import { declareServer, serverNotes, useApi } from './server-options.ts';

interface Options extends ServerOptions {
  /** False with `--no-wait`. */
  readonly wait: boolean;
  readonly mode?: Mode;
  readonly dryRun?: boolean;
  readonly feed?: string;
  readonly json?: boolean;
}

/** `rosterport send`. */
export const sendCommand: CommandDefinition<Options> = {
  name: 'send',
  summary: 'Send files to a server and tell what became of their rows.',
  examples: ['rosterport send users.csv', 'rosterport send --mode full --dry-run staff.xlsx', 'ROSTERPORT_TOKEN=… rosterport send --url https://hr.example.com groups.csv users.csv --json'],
  notes: serverNotes,
  declare: (command) => {
    command.argument('<file...>', 'CSV or Excel files; they are sent one after the other');
    declareServer(command)
      .addOption(new Option('--mode <mode>', 'what absence from the files means; left to token and feed unless told').choices(['delta', 'full']))
      .option('--dry-run', 'tell what would happen, and change nothing')
      .option('--feed <name>', 'the feed that the files belong to; that of the token unless told')
      .option('--no-wait', 'end when the files are accepted, without waiting for their jobs')
      .option('--json', 'print a list of the jobs');
  },
  run: async (call) =>
    useApi(call, 'token', async (api) => {
      const { args, options, surroundings } = call;
      // Before the first is sent, so that a slip in the second name does not leave half of the files sent.
      for (const path of args) await (await openLocalFile(path)).handle.close();
      const jobs: (Job | (Accepted & { readonly fileName: string }))[] = [];
      for (const path of args) {
        if (jobs.length > 0 && options.wait && options.json !== true) await print(surroundings.stdout, '\n');
        jobs.push(await sendOne(api, path, call));
      }
      if (options.json === true) await printJson(surroundings.stdout, jobs);
      return Math.max(exitCodes.ok, ...jobs.map((job) => ('counts' in job && options.wait ? exitCodeOfJob(job) : exitCodes.ok)));
    }),
};

async function sendOne(api: Api, path: string, call: Call<Options>): Promise<Job | (Accepted & { readonly fileName: string })> {
  const { options, surroundings } = call;
  const isQuiet = options.json === true;
  const accepted = await upload(api, path, call);
  if (!options.wait) {
    if (!isQuiet) await print(surroundings.stdout, pen(false)(`${path}: accepted as job ${accepted.id}.`));
    return { ...accepted, fileName: basename(path) };
  }
  if (!isQuiet) await print(surroundings.stderr, pen(false)(`${path}: accepted as job ${accepted.id}; waiting for its end.`));
  const job = await waitForJob(api, accepted.id);
  const { stdout, env } = surroundings;
  if (!isQuiet) {
    const show = (reader: Api): Promise<void> => printAll(stdout, jobText(reader, job, isColourful(stdout, env)));
    // What would become of whom is for readers; on the server's own machine the data folder knows one.
    await (isOnlyPlanned(job) ? useApi(call, 'reportToken', show) : show(api));
    await print(stdout, nextCommands(job, options));
  }
  return job;
}

async function upload(api: Api, path: string, { options, surroundings }: Call<Options>): Promise<Accepted> {
  const { mode, dryRun, feed, json } = options;
  const file = await openLocalFile(path);
  const progress = showProgress(json === true ? null : surroundings.stderr, { name: basename(path), bytes: file.size });
  try {
    return await api.sendFile({ fileName: basename(path), mode, dryRun, feed }, { file, path, onBytes: progress.add });
  } finally {
    progress.end();
    await file.handle.close();
  }
}
