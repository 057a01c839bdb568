import { changeTenant } from '@rosterport/access';
import { bytes, count, type Setting } from '@rosterport/runtime';
import { InvalidArgumentError } from 'commander';
import { settingsFrom } from '../settings.ts';
import type { CommandDefinition } from './command.ts';
import { readFrom } from './credential-options.ts';
import { exitCodes } from './exit-code.ts';
import { print, printJson } from './print.ts';
import { useDatabase } from './use-database.ts';

/** A quota, or what the settings say. */
type Limit = number | 'settings';

interface Options {
  readonly from?: readonly string[];
  readonly dailyBytes?: Limit;
  readonly dailyFiles?: Limit;
  readonly json?: boolean;
}

/** `rosterport tenant set`. */
export const tenantSet: CommandDefinition<Options> = {
  name: 'set',
  summary: 'Change the quota of a tenant, and from where its tokens and keys are accepted.',
  examples: [
    'rosterport tenant set acme --daily-bytes 5GiB --daily-files 200',
    'rosterport tenant set acme --from 198.51.100.0/24,2001:db8::/32',
    'rosterport tenant set acme --from "" --daily-files settings',
  ],
  notes: 'What is not named stays. A running server follows within seconds.',
  declare: (command) => {
    const details = { name: '', doc: '' };
    command
      .argument('<name>', 'the tenant')
      .option('--from <networks>', 'the networks from which alone it may send, with commas between; "" for anywhere', readFrom)
      .option('--daily-bytes <size>', 'what it may send in a day of UTC, such as 5GiB; `settings` for what the settings say', readLimit(bytes(details)))
      .option('--daily-files <number>', 'how many files it may send in a day of UTC; `settings` for what the settings say', readLimit(count({ ...details, maximum: 2_000_000_000 })))
      .option('--json', 'print the tenant');
  },
  run: async ({ args: [name = ''], options: { from, dailyBytes, dailyFiles, json }, surroundings: { env, stdout } }) => {
    const tenant = await useDatabase(settingsFrom(env), (database) => changeTenant(database, name, { networks: from, dailyBytes: limitOf(dailyBytes), dailyFiles: limitOf(dailyFiles) }));
    if (json === true) await printJson(stdout, tenant);
    else await print(stdout, `Tenant ${tenant.name}: ${quotaText(tenant)}, from ${tenant.networks.join(', ') || 'anywhere'}.\n`);
    return exitCodes.ok;
  },
};

function limitOf(limit: Limit | undefined): number | null | undefined {
  return limit === 'settings' ? null : limit;
}

function readLimit(setting: Setting<number>): (text: string) => Limit {
  return (text) => {
    if (text === 'settings') return text;
    const reading = setting.read(text);
    if (!reading.ok) throw new InvalidArgumentError(`It must be ${reading.expected}, or settings.`);
    return reading.value;
  };
}

function quotaText({ dailyBytes, dailyFiles }: { readonly dailyBytes: number | null; readonly dailyFiles: number | null }): string {
  const parts = [...(dailyBytes === null ? [] : [`${dailyBytes} bytes`]), ...(dailyFiles === null ? [] : [`${dailyFiles} files`])];
  return parts.length === 0 ? 'as the settings say each day' : `${parts.join(' and ')} a day`;
}
