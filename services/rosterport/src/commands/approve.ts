import { Failure, guardNames, isGuardName, type GuardName, type Job } from '@rosterport/domain';
import { pen } from '@rosterport/reports';
import { InvalidArgumentError } from 'commander';
import type { Api } from '../client/api.ts';
import type { ServerOptions } from '../client/find-server.ts';
import { jobText } from '../client/job-text.ts';
import { waitForDecided } from '../client/wait-for-decided.ts';
import type { Call, CommandDefinition } from './command.ts';
import { confirm } from './confirm.ts';
import { exitCodeOfJob, exitCodes } from './exit-code.ts';
import { nextCommands } from './next-commands.ts';
import { isColourful, isTerminal, print, printAll, printJson } from './print.ts';
import { declareServer, serverNotes, useApi } from './server-options.ts';

interface Options extends ServerOptions {
  readonly fingerprint?: string;
  readonly override: readonly GuardName[];
  readonly yes?: boolean;
  /** False with `--no-wait`. */
  readonly wait: boolean;
  readonly json?: boolean;
}

/** `rosterport approve`. */
export const approveCommand: CommandDefinition<Options> = {
  name: 'approve',
  summary: 'Approve a held job: apply the plan that was seen.',
  examples: [
    'rosterport approve 3f0d7c1e-5b7a-4c55-9d0f-0d9a4a5c1b2e',
    'rosterport approve 3f0d7c1e-5b7a-4c55-9d0f-0d9a4a5c1b2e --override deactivations --yes',
  ],
  notes: [
    'Without --fingerprint it shows what is held and asks first; away from a terminal that needs --yes. If the directory has',
    'changed since, so that the plan is another, the job is held again, unless the guards that hold it are overridden.',
    '',
    serverNotes,
  ].join('\n'),
  declare: (command) => {
    command.argument('<job>', 'the id of the job');
    declareServer(command)
      .option('--fingerprint <fingerprint>', 'the plan that was seen, as `jobs --json` and the report of the job name it')
      .option('--override <guards>', `guards that are off for this one run, separated by commas: ${guardNames.join(', ')}`, readGuards, [])
      .option('--yes', 'approve without being asked')
      .option('--no-wait', 'end when the approval is taken, without waiting for the job')
      .option('--json', 'print the job and nothing else; needs --yes or --fingerprint');
  },
  run: async (call) =>
    useApi(call, 'operatorToken', async (api) => {
      const { args: [id = ''], options, surroundings } = call;
      const fingerprint = options.fingerprint ?? (await approvedFingerprint(api, id, call));
      if (fingerprint === null) {
        await print(surroundings.stderr, pen(false)('Not approved; the job is still held.'));
        return exitCodes.faulty;
      }
      const approved = await api.approve(id, { fingerprint, override: options.override });
      if (!options.wait) {
        if (options.json === true) await printJson(surroundings.stdout, approved);
        else await print(surroundings.stdout, pen(false)(`Job ${id} is approved.`));
        return exitCodes.ok;
      }
      const job = await waitForDecided(api, id);
      await show(api, job, call);
      return exitCodeOfJob(job);
    }),
};

async function show(api: Api, job: Job, { options, surroundings: { stdout, env } }: Call<Options>): Promise<void> {
  if (options.json === true) {
    await printJson(stdout, job);
    return;
  }
  await printAll(stdout, jobText(api, job, isColourful(stdout, env)));
  await print(stdout, nextCommands(job, options));
}

/** Shows what is held and asks. The fingerprint of what was shown; `null` when it is not approved. */
async function approvedFingerprint(api: Api, id: string, { options, surroundings }: Call<Options>): Promise<string | null> {
  const { stdin, stdout, env } = surroundings;
  const job = await api.job(id);
  if (job.state !== 'held' || job.fingerprint === null) throw new Failure('jobNotHeld', { values: { state: job.state } });
  if (options.json !== true) await printAll(stdout, jobText(api, job, isColourful(stdout, env)));
  if (options.yes === true) {
    if (options.json !== true) await print(stdout, '\n');
    return job.fingerprint;
  }
  if (options.json === true || !isTerminal(stdout) || !('isTTY' in stdin) || stdin.isTTY !== true) {
    const problem = 'nobody can be asked here; add --yes, or name the plan that was seen with --fingerprint';
    throw new Failure('commandInvalid', { values: { problem } });
  }
  return (await confirm('\nApprove this plan? [y/N] ', surroundings)) ? job.fingerprint : null;
}

function readGuards(text: string): readonly GuardName[] {
  const names = text.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !isGuardName(name));
  if (wrong !== undefined) throw new InvalidArgumentError(`There is no guard \`${wrong}\`; there are ${guardNames.join(', ')}.`);
  return names.filter(isGuardName);
}
