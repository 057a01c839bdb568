import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';

/** What a program left behind. */
export interface Outcome {
  /** The exit code; the signal's name for one that was ended, as one that hangs is. */
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
}

/** What a program gets beside its arguments. */
export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** No program of these journeys has more to do. */
const patienceMs = 30_000;

/** Runs a program to its end; one that hangs is killed. */
export async function runProgram(file: string, args: readonly string[], { env = {}, input = '' }: Surroundings = {}): Promise<Outcome> {
  const child = spawn(file, args, {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: patienceMs,
    killSignal: 'SIGKILL',
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  // A program that does not read its input is no fault.
  child.stdin.on('error', () => undefined).end(input);
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code: code ?? signal ?? 'unknown', out, err };
}

/** The programs that are not there. */
export function missingPrograms(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !existsSync(path));
}
