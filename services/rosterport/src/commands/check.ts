import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { isColourful, printAll } from './print.ts';

/** `rosterport check`. */
export const checkCommand: CommandDefinition<{ readonly json?: boolean }> = {
  name: 'check',
  summary: 'Check a file on this machine, without any server or database.',
  examples: ['rosterport check users.csv', 'rosterport check staff.xlsx --json'],
  notes: 'Finds what is wrong with the file and its rows. What needs the directory is not checked; the report lists it.',
  declare: (command) => {
    command.argument('<file>', 'a CSV or Excel file').option('--json', 'print one JSON value with all rows that have findings');
  },
  run: async ({ args: [path = ''], options, surroundings: { env, stdout } }) => {
    // Readers and rules take a while to load, and no other command needs them.
    const { runCheck } = await import('./check/run-check.ts');
    const isOk = await runCheck(path, {
      json: options.json === true,
      colour: isColourful(stdout, env),
      show: (pieces) => printAll(stdout, pieces),
    });
    return isOk ? exitCodes.ok : exitCodes.faulty;
  },
};
