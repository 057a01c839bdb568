import { Failure } from '@rosterport/domain';
import { Option } from 'commander';
import type { Api } from '../client/api.ts';
import type { ServerOptions } from '../client/find-server.ts';
import { jobText } from '../client/job-text.ts';
import { saveFile } from '../client/save-file.ts';
import type { CommandDefinition, Surroundings } from './command.ts';
import { exitCodes } from './exit-code.ts';
import { nextCommands } from './next-commands.ts';
import { isColourful, isTerminal, printAll } from './print.ts';
import { declareServer, serverNotes, useApi } from './server-options.ts';

interface Options extends ServerOptions {
  readonly format: 'text' | 'json' | 'csv' | 'xlsx';
  readonly output?: string;
}

/** `rosterport report`. */
export const reportCommand: CommandDefinition<Options> = {
  name: 'report',
  summary: 'Show the report of a job: what became of each row, and why.',
  examples: [
    'rosterport report 3f0d7c1e-5b7a-4c55-9d0f-0d9a4a5c1b2e',
    'rosterport report 3f0d7c1e-5b7a-4c55-9d0f-0d9a4a5c1b2e --format xlsx --output report.xlsx',
  ],
  notes: serverNotes,
  declare: (command) => {
    command.argument('<job>', 'the id of the job, as `send` and `jobs` show it');
    declareServer(command)
      .addOption(new Option('--format <format>', 'text shows the first rows with findings, the others hold all').choices(['text', 'json', 'csv', 'xlsx']).default('text'))
      .option('--output <file>', 'write there instead of standard output');
  },
  run: async (call) => {
    const { args: [id = ''], options: { format, output }, surroundings } = call;
    if (format === 'xlsx' && output === undefined && isTerminal(surroundings.stdout)) {
      const problem = 'a workbook cannot be shown on a terminal; name a file with --output';
      throw new Failure('commandInvalid', { values: { problem } });
    }
    await useApi(call, 'reportToken', async (api) => {
      const content = await contentOf(api, { id, options: call.options, surroundings, isFile: output !== undefined });
      if (output === undefined) await printAll(surroundings.stdout, content);
      else await saveFile(output, content);
    });
    return exitCodes.ok;
  },
};

interface Wanted {
  readonly id: string;
  readonly options: Options;
  readonly surroundings: Surroundings;
  readonly isFile: boolean;
}

async function contentOf(api: Api, wanted: Wanted): Promise<AsyncIterable<string | Uint8Array>> {
  const { id, options, surroundings, isFile } = wanted;
  if (options.format !== 'text') return api.report(id, options.format);
  const job = await api.job(id);
  return withNextCommands(jobText(api, job, !isFile && isColourful(surroundings.stdout, surroundings.env)), nextCommands(job, options));
}

async function* withNextCommands(text: AsyncIterable<string>, commands: string): AsyncGenerator<string> {
  yield* text;
  if (commands !== '') yield commands;
}
