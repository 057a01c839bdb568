import { liftBan } from '@rosterport/access';
import { Failure } from '@rosterport/domain';
import { sourceOf } from '@rosterport/runtime';
import { settingsFrom } from '../settings.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { useDatabase } from './use-database.ts';

/** `rosterport ban lift`. */
export const banLift: CommandDefinition<{ readonly json?: boolean }> = {
  name: 'lift',
  summary: 'Let a banned address in again. Running servers follow within seconds.',
  examples: ['rosterport ban lift 203.0.113.7', 'rosterport ban lift 2001:db8::/64'],
  notes: 'To keep an address from being banned again, name it in ROSTERPORT_EXEMPT_NETWORKS.',
  declare: (command) => {
    command
      .argument('<address>', 'the address, or the network that `rosterport ban list` shows')
      .option('--json', 'print `{"source"}`');
  },
  run: async ({ args: [address = ''], options, surroundings: { env, stdout } }) => {
    const source = sourceOf(address.replace(/\/64$/, ''));
    if (!(await useDatabase(settingsFrom(env), (database) => liftBan(database, source)))) throw new Failure('notFound', { values: { what: 'ban' } });
    if (options.json === true) await printJson(stdout, { source });
    else await print(stdout, `${source} is no longer banned.\n`);
    return exitCodes.ok;
  },
};
