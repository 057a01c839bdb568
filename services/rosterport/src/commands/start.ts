import { describeSettings } from '@rosterport/runtime';
import { settingFields, settingsFrom } from '../settings.ts';
import type { CommandDefinition } from './command.ts';

/** `rosterport start`. */
export const startCommand: CommandDefinition<{ readonly json?: boolean }> = {
  name: 'start',
  summary: 'Run everything in this process: SFTP, HTTPS, processing, and PostgreSQL unless DATABASE_URL is set.',
  examples: ['rosterport start', 'ROSTERPORT_DATA_DIR=/var/lib/rosterport rosterport start --json'],
  notes: settingsHelp(),
  declare: (command) => {
    command.option('--json', 'tell on standard output as one JSON value when everything is ready');
  },
  run: async ({ options, surroundings }) => {
    const settings = settingsFrom(surroundings.env);
    // The doors take a while to load, and no other command needs them.
    const { runStart } = await import('../start/run-start.ts');
    return runStart(settings, { json: options.json === true });
  },
};

function settingsHelp(): string {
  const lines = describeSettings(settingFields).map((setting) => {
    const usual = setting.default === null ? '' : ` (${setting.default})`;
    return `  ${setting.name}${usual}\n    ${setting.doc}`;
  });
  return ['Settings are read from the environment, with these defaults:', ...lines].join('\n');
}
