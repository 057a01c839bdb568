import { basename } from 'node:path';
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
    const [{ withOpenFile }, { checkFile }, { checkJson, checkText }] = await Promise.all([
      import('./check/open-file.ts'),
      import('./check/check-file.ts'),
      import('./check/check-report.ts'),
    ]);
    return withOpenFile(path, async (source, scratch) => {
      const check = await checkFile(source, { scratch });
      const name = basename(path);
      await printAll(stdout, options.json === true ? checkJson(name, check) : checkText(name, check, isColourful(stdout, env)));
      return check.ok ? exitCodes.ok : exitCodes.faulty;
    });
  },
};
