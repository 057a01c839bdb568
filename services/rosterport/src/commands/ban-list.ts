import { listBans } from '@rosterport/access';
import { settingsFrom } from '../settings.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { textTable } from './text-table.ts';
import { useDatabase } from './use-database.ts';

/** `rosterport ban list`. */
export const banList: CommandDefinition<{ readonly json?: boolean }> = {
  name: 'list',
  summary: 'List the addresses that SFTP and HTTPS do not serve for a time.',
  examples: ['rosterport ban list', 'rosterport ban list --json'],
  declare: (command) => {
    command.option('--json', 'print a list of `{"source", "reason", "times", "bannedAt", "until"}`');
  },
  run: async ({ options, surroundings: { env, stdout } }) => {
    const bans = await useDatabase(settingsFrom(env), listBans);
    const rows = bans.map(({ source, reason, times, bannedAt, until }) => [source, reason, String(times), bannedAt, until]);
    if (options.json === true) await printJson(stdout, bans);
    else await print(stdout, textTable(['ADDRESS', 'REASON', 'TIMES', 'SINCE', 'UNTIL'], rows, 'No address is banned.'));
    return exitCodes.ok;
  },
};
