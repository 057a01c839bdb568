import { pen } from '@rosterport/reports';
import type { ServerOptions } from '../client/find-server.ts';
import { jobText } from '../client/job-text.ts';
import { waitForJob } from '../client/wait-for-job.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodeOfJob, exitCodes } from './exit-code.ts';
import { isColourful, print, printAll, printJson } from './print.ts';
import { declareServer, serverNotes, useApi } from './server-options.ts';

interface Options extends ServerOptions {
  /** False with `--no-wait`. */
  readonly wait: boolean;
  readonly json?: boolean;
}

/** `rosterport revert`. */
export const revertCommand: CommandDefinition<Options> = {
  name: 'revert',
  summary: 'Undo an applied job, and tell what was kept since it changed later.',
  examples: ['rosterport revert 3f0d7c1e-5b7a-4c55-9d0f-0d9a4a5c1b2e'],
  notes: ['The revert is a job of its own, with a report; it can be reverted too.', '', serverNotes].join('\n'),
  declare: (command) => {
    command.argument('<job>', 'the id of the job that is to be undone');
    declareServer(command)
      .option('--no-wait', 'end when the revert is a job, without waiting for its end')
      .option('--json', 'print the job of the revert');
  },
  run: async (call) =>
    useApi(call, 'operatorToken', async (api) => {
      const { args: [id = ''], options, surroundings: { stdout, stderr, env } } = call;
      const made = await api.revert(id);
      const isQuiet = options.json === true;
      if (!isQuiet) await print(options.wait ? stderr : stdout, pen(false)(`The revert is job ${made.id}.`));
      const job = options.wait ? await waitForJob(api, made.id) : made;
      if (isQuiet) await printJson(stdout, job);
      else if (options.wait) await printAll(stdout, jobText(api, job, isColourful(stdout, env)));
      return options.wait ? exitCodeOfJob(job) : exitCodes.ok;
    }),
};
