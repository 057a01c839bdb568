import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { AnyCommand, CommandDefinition, CommandGroup, Surroundings } from './command.ts';
import { commands } from './commands.ts';
import { exitCodeMeanings, exitCodes } from './exit-code.ts';

/** The command that was asked for, ready to run. */
export type Chosen = () => Promise<number>;

/**
 * The commands as a parser of what was typed; `choose` is told which one it is. The parser prints help and versions to
 * `stdout` and says nothing about mistakes, which it throws.
 */
export function makeProgram(surroundings: Surroundings, choose: (chosen: Chosen) => void): Command {
  const program = new Command('rosterport')
    .description('The door through which HR files enter a user directory.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show the help of a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => surroundings.stdout.write(text),
      writeErr: (text) => surroundings.stderr.write(text),
      outputError: () => undefined,
    })
    .addHelpText('after', mainHelp());
  for (const one of commands) {
    if ('commands' in one) addGroup(program, one, { surroundings, choose });
    else addCommand(program, one, { surroundings, choose });
  }
  return program;
}

interface Running {
  readonly surroundings: Surroundings;
  readonly choose: (chosen: Chosen) => void;
}

function addGroup(program: Command, { name, summary, commands: members }: CommandGroup, running: Running): void {
  const group = program.command(name).description(summary).helpCommand(false);
  group.addHelpText('after', examplesText(members.flatMap(({ examples }) => examples.slice(0, 1))));
  for (const one of members) addCommand(group, one, running);
}

function addCommand(parent: Command, definition: AnyCommand, { surroundings, choose }: Running): void {
  const { name, summary, examples, notes, declare, run } = definition as CommandDefinition<object>;
  const command = parent.command(name).description(summary);
  declare(command);
  command.addHelpText('after', `${notes === undefined ? '' : `\n${notes}\n`}${examplesText(examples)}`);
  command.action(() => {
    choose(async () => run({ args: command.args, options: command.opts(), surroundings }));
  });
}

function examplesText(examples: readonly string[]): string {
  return `\n${examples.length === 1 ? 'Example' : 'Examples'}:\n${examples.map((line) => `  ${line}\n`).join('')}`;
}

function mainHelp(): string {
  const names = Object.keys(exitCodes) as (keyof typeof exitCodes)[];
  const codes = names.map((name) => `  ${String(exitCodes[name]).padEnd(3)} ${exitCodeMeanings[name]}\n`);
  return `\nExit codes:\n${codes.join('')}${examplesText(['rosterport start', 'rosterport check users.csv', 'rosterport send --help'])}`;
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
