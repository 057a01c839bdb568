import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** The first lines of a text file, at most so many, each with its end. No cell may have a line end in it. */
export async function* firstLines(path: string, most: number): AsyncGenerator<string> {
  const input = createReadStream(path);
  let left = most;
  try {
    for await (const line of createInterface({ input })) {
      if ((left -= 1) < 0) return;
      yield `${line}\n`;
    }
  } finally {
    input.destroy();
  }
}
