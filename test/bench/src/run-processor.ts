import { fileURLToPath } from 'node:url';
import { forkTask, type Bounds } from './fork-task.ts';
import type { ProcessorTask, ProcessorTimes } from './processor-task.ts';

const program = fileURLToPath(new URL('./processor-process.js', import.meta.url));

/** Has a process of its own do the task, and resolves when it has ended. Its complaints go to standard error. */
export function runProcessor(task: ProcessorTask, bounds: Bounds): Promise<ProcessorTimes> {
  return forkTask({ program, task }, bounds);
}
