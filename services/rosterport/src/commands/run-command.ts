import { Failure, isFailure } from '@rosterport/domain';
import { pen } from '@rosterport/reports';
import { CommanderError } from 'commander';
import type { Surroundings } from './command.ts';
import { exitCodeOf, exitCodes } from './exit-code.ts';
import { print } from './print.ts';
import { makeProgram, type Chosen } from './program.ts';

/**
 * Runs what was typed behind the program's name and resolves with the exit code. Whatever goes wrong is told on standard
 * error: what happened, and how to mend it. Never rejects.
 */
export async function runCommand(typed: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    const chosen = await understand(typed, surroundings);
    return chosen === null ? exitCodes.ok : await chosen();
  } catch (error) {
    return await tell(error, surroundings);
  }
}

/** The command that was meant; `null` when help or the version was asked for and has been printed. */
async function understand(typed: readonly string[], surroundings: Surroundings): Promise<Chosen | null> {
  const choice: Chosen[] = [];
  try {
    await makeProgram(surroundings, (chosen) => choice.push(chosen)).parseAsync(typed, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    // A group without its command: the help that was printed says it all, but a script must see that nothing was done.
    const problem = error.code === 'commander.help' ? 'it is not complete' : plain(error.message);
    throw new Failure('commandInvalid', { values: { problem } });
  }
  return choice[0] ?? null;
}

function plain(message: string): string {
  return message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ').replace(/\.$/, '');
}

async function tell(error: unknown, { stderr }: Surroundings): Promise<number> {
  const line = pen(false);
  const failure = isFailure(error) ? error : new Failure('unexpected', { cause: error });
  const lines = [`rosterport: ${failure.message}`, ...(isFailure(error) ? [failure.hint] : details(error))];
  await print(stderr, lines.flatMap((text) => text.split('\n')).map((text) => line(text)).join(''));
  return exitCodeOf(failure.kind);
}

/** Where nobody foresaw the error, the trace is all that can help. */
function details(error: unknown): readonly string[] {
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
}
