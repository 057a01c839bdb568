import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { Surroundings } from './command.ts';

/** Asks a question on the terminal. True for `y` and `yes` alone; false too when the input ends. */
export async function confirm(question: string, { stdin, stderr }: Surroundings): Promise<boolean> {
  const reader = createInterface({ input: stdin, output: stderr, terminal: false });
  const ended = once(reader, 'close').then(() => '');
  try {
    return /^y(es)?$/i.test((await Promise.race([reader.question(question), ended])).trim());
  } finally {
    reader.close();
    await ended;
  }
}
