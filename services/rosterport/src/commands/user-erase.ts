import { Failure, type DirectoryUser } from '@rosterport/domain';
import type { ServerOptions } from '../client/find-server.ts';
import { counted } from './counted.ts';
import type { Call, CommandDefinition } from './command.ts';
import { confirm } from './confirm.ts';
import { exitCodes } from './exit-code.ts';
import { isTerminal, print, printJson } from './print.ts';
import { userText } from './record-text.ts';
import { declareServer, serverNotes, useApi } from './server-options.ts';
import { recordNotes } from './user-options.ts';

interface Options extends ServerOptions {
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** `rosterport user erase`. */
export const userErase: CommandDefinition<Options> = {
  name: 'erase',
  summary: 'Erase a person for good: directory, journal, results of jobs, and the sealed files in which they stand.',
  examples: ['rosterport user erase E1005', 'rosterport user erase id:17 --yes --json'],
  notes: [
    'It cannot be undone. Numbers of jobs stay. Who is named by a later file is made anew: take the person out of the source first.',
    'While a job that is not finished names the person, nothing is erased.',
    recordNotes,
    serverNotes,
  ].join('\n'),
  declare: (command) => {
    command.argument('<person>', 'the external id, or id: and the id');
    declareServer(command).option('--yes', 'erase without being asked').option('--json', 'print how much was removed');
  },
  run: async (call) =>
    useApi(call, 'operatorToken', async ({ directory }) => {
      const { args: [name = ''], options, surroundings } = call;
      const user = await directory.user(name);
      if (options.yes !== true && !(await isConfirmed(user, call))) {
        await print(surroundings.stderr, 'Nobody was erased.\n');
        return exitCodes.faulty;
      }
      const erasure = await directory.erase(user.id, user.externalId ?? user.id);
      const { journalEntries, rowResults, findings, files } = erasure;
      const counts = [
        counted(journalEntries, 'entry of the journal', 'entries of the journal'),
        counted(rowResults, 'row result'),
        counted(findings, 'finding'),
        counted(files.length, 'file'),
      ].join(', ');
      if (options.json === true) await printJson(surroundings.stdout, erasure);
      else await print(surroundings.stdout, `Erased, with ${counts}.\n`);
      return exitCodes.ok;
    }),
};

async function isConfirmed(user: DirectoryUser, { surroundings }: Call<Options>): Promise<boolean> {
  const { stdin, stdout } = surroundings;
  if (!isTerminal(stdout) || !('isTTY' in stdin) || stdin.isTTY !== true) {
    throw new Failure('commandInvalid', { values: { problem: 'nobody can be asked here; add --yes' } });
  }
  await print(stdout, userText(user));
  return confirm('\nErase this person for good? [y/N] ', surroundings);
}
