import { fork } from 'node:child_process';

/** What a run of a measured process is bounded by. */
export interface Bounds {
  readonly signal: AbortSignal;
  readonly patienceSeconds: number;
}

/** A program for a process of its own and the one message that it gets. */
export interface ForkedTask {
  /** Path of the program. It answers the message with one message and ends. */
  readonly program: string;
  readonly task: object;
  /** Options for Node itself. */
  readonly execArgv?: readonly string[];
}

/** Has a process of its own do the task, and resolves when it has ended. Its complaints go to standard error. */
export async function forkTask<Answer>({ program, task, execArgv = [] }: ForkedTask, { signal, patienceSeconds }: Bounds): Promise<Answer> {
  signal.throwIfAborted();
  const child = fork(program, { stdio: ['ignore', 2, 2, 'ipc'], execArgv: [...execArgv] });
  const kill = (): void => void child.kill('SIGKILL');
  const patience = setTimeout(kill, patienceSeconds * 1_000);
  signal.addEventListener('abort', kill);
  try {
    return await new Promise<Answer>((resolve, reject) => {
      let answer: { readonly value: Answer } | undefined;
      child.once('message', (message) => (answer = { value: message as Answer }));
      child.once('error', reject);
      child.once('exit', (code, killed) => {
        if (answer !== undefined && code === 0) resolve(answer.value);
        else reject(new Error(`The measured process ended with ${killed ?? `code ${code ?? 'unknown'}`}.`));
      });
      child.send(task, (error) => error !== null && reject(error));
    });
  } finally {
    clearTimeout(patience);
    signal.removeEventListener('abort', kill);
    kill();
  }
}
