import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import type { Command } from '../client.ts';

/** What a program left behind. */
export interface Outcome {
  /** The exit code; the signal's name for one that was ended. */
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
}

/** A program that runs, with all that it has started. */
export interface Running {
  readonly ended: Promise<Outcome>;
  /** Ends it and everything that it has started, at once and without a farewell. */
  kill(): void;
}

/** No client has more to do; on a busy machine a Java program takes seconds to begin. */
const patienceMs = 60_000;

/** Starts a program in a process group of its own; one that hangs is killed. */
export function startCommand({ file, args, env = {}, input = '' }: Command): Running {
  const surroundings = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: '/nonexistent', TMPDIR: tmpdir(), LC_ALL: 'C.UTF-8', ...env };
  const child = spawn(file, args, { env: surroundings, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  const kill = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The group is gone already.
    }
  };
  const timer = setTimeout(kill, patienceMs);
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  // A program that does not read its input is no fault.
  child.stdin.on('error', () => undefined).end(input);
  const ended = once(child, 'close').then(([code, signal]: (number | string | null)[]) => {
    clearTimeout(timer);
    return { code: code ?? signal ?? 'unknown', out, err };
  });
  return { ended, kill };
}

/** Runs a program to its end. */
export function runCommand(command: Command): Promise<Outcome> {
  return startCommand(command).ended;
}

/** Runs a program that must succeed; throws with what it said otherwise. */
export async function runWell(command: Command): Promise<Outcome> {
  const outcome = await runCommand(command);
  if (outcome.code !== 0) throw new Error(`${command.file} ended with ${outcome.code}: ${outcome.err || outcome.out}`);
  return outcome;
}
