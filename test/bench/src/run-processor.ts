import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ProcessorTask, ProcessorTimes } from './processor-task.ts';

/** What a run of the measured process is bounded by. */
export interface Bounds {
  readonly signal: AbortSignal;
  readonly patienceSeconds: number;
}

const program = fileURLToPath(new URL('./processor-process.js', import.meta.url));

/** Has a process of its own do the task, and resolves when it has ended. Its complaints go to standard error. */
export async function runProcessor(task: ProcessorTask, { signal, patienceSeconds }: Bounds): Promise<ProcessorTimes> {
  signal.throwIfAborted();
  const child = fork(program, { stdio: ['ignore', 2, 2, 'ipc'] });
  const kill = (): void => void child.kill('SIGKILL');
  const patience = setTimeout(kill, patienceSeconds * 1_000);
  signal.addEventListener('abort', kill);
  try {
    return await new Promise<ProcessorTimes>((resolve, reject) => {
      let times: ProcessorTimes | undefined;
      child.once('message', (message) => (times = message as ProcessorTimes));
      child.once('error', reject);
      child.once('exit', (code, killed) => {
        if (times !== undefined && code === 0) resolve(times);
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
