import { join } from 'node:path';
import { Failure } from '@rosterport/domain';
import type { Removed } from '@rosterport/processor';
import { oldFilesIn } from '@rosterport/staging';
import { lifetimesOf, settingsFrom } from '../settings.ts';
import type { CommandDefinition } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { useDatabase } from './use-database.ts';

const words: Readonly<Record<keyof Removed, string>> = {
  files: 'received files',
  damagedFiles: 'damaged files',
  rowResults: 'row results',
  plannedChanges: 'changes of dry runs and held jobs',
  journalEntries: 'entries of the journal',
  events: 'events',
};

/** `rosterport clean`. */
export const cleanCommand: CommandDefinition<{ readonly json?: boolean }> = {
  name: 'clean',
  summary: 'Remove what was kept long enough. A running server does it each hour.',
  examples: ['rosterport clean', 'ROSTERPORT_KEEP_FILES=7d rosterport clean --json'],
  notes: 'How long things are kept is set with ROSTERPORT_KEEP_FILES, _ROW_RESULTS, _JOURNAL and _EVENTS. Jobs stay with their numbers.',
  declare: (command) => {
    command.option('--json', `print \`{${Object.keys(words).map((name) => `"${name}"`).join(', ')}}\`, how much of each was removed`);
  },
  run: async ({ options, surroundings: { env, stdout } }) => {
    // The pipeline takes half a second to load, and no other command needs it.
    const { removeOld } = await import('@rosterport/processor');
    const settings = settingsFrom(env);
    const removed = await useDatabase(settings, async (database) => {
      const files = await oldFilesIn(join(settings.dataDir, 'staging'));
      return removeOld({ database, files, lifetimes: lifetimesOf(settings), now: new Date() });
    });
    if (removed === null) throw new Failure('retentionRuns');
    if (options.json === true) await printJson(stdout, removed);
    else await print(stdout, told(removed));
    return exitCodes.ok;
  },
};

function told(removed: Removed): string {
  const kinds = (Object.keys(words) as (keyof Removed)[]).filter((name) => removed[name] > 0);
  if (kinds.length === 0) return 'There was nothing to remove.\n';
  return kinds.map((name) => `Removed ${words[name]}: ${removed[name]}.\n`).join('');
}
