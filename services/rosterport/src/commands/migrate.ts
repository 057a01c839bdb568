import { settingsFrom } from '../settings.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { migrateAll, useDatabase } from './use-database.ts';

/** `rosterport migrate`. */
export const migrateCommand: CommandDefinition<{ readonly json?: boolean }> = {
  name: 'migrate',
  summary: 'Bring the tables of the database to the newest version. `start` does it by itself.',
  examples: ['rosterport migrate', 'DATABASE_URL=postgres://user:password@db/rosterport rosterport migrate --json'],
  declare: (command) => {
    command.option('--json', 'print `{"applied": [...]}`');
  },
  run: async ({ options, surroundings: { env, stdout } }) => {
    const applied = await useDatabase(settingsFrom(env), migrateAll, { mayCreate: true, migrates: true });
    if (options.json === true) await printJson(stdout, { applied });
    else if (applied.length === 0) await print(stdout, 'The database is up to date.\n');
    else await print(stdout, applied.map((name) => `Applied ${name}.\n`).join(''));
    return exitCodes.ok;
  },
};
