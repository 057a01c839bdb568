import type { Environment } from '@rosterport/runtime';
import type { Command } from 'commander';

/** What a command sees of the process that it runs in. */
export interface Surroundings {
  readonly env: Environment;
  readonly stdin: NodeJS.ReadableStream;
  /** Takes what the command is asked for. */
  readonly stdout: NodeJS.WritableStream;
  /** Takes progress and errors. */
  readonly stderr: NodeJS.WritableStream;
}

/** What was typed behind the command's name. */
export interface Call<Options> {
  readonly args: readonly string[];
  readonly options: Options;
  readonly surroundings: Surroundings;
}

/** One command. */
export interface CommandDefinition<Options> {
  readonly name: string;
  readonly summary: string;
  /** Whole command lines that show its use. */
  readonly examples: readonly string[];
  /** What `--help` says besides; may be left out. */
  readonly notes?: string;
  /** Declares arguments and options. */
  readonly declare: (command: Command) => void;
  /** Does it and resolves with the exit code. What it throws is told on standard error and has an exit code of its own. */
  readonly run: (call: Call<Options>) => Promise<number>;
}

/** A command whose options are its own business. */
export type AnyCommand = CommandDefinition<never>;

/** Commands about one thing, such as `token issue` and `token list`. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly AnyCommand[];
}
