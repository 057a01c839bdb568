import type { Surroundings } from './command.ts';
import { print } from './print.ts';

/** Writes the text of a list, and on standard error that it goes on where it does: nobody may take the beginning for all. */
export async function printList({ stdout, stderr }: Surroundings, text: string, goesOn: boolean): Promise<void> {
  await print(stdout, text);
  if (goesOn) await print(stderr, 'There are more; --limit says how many are shown.\n');
}
