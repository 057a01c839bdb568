import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { generateLarge } from '@rosterport/fixtures';
import type { IngestOptions } from './arguments.ts';

/** The files of a measurement, on disk. */
export interface InputFiles {
  readonly groups: string;
  /** What the directory holds already; `null` where it has no people. */
  readonly before: string | null;
  readonly measured: string;
  /** Size of the measured file. */
  readonly bytes: number;
  /** How many rows of the measured file are not as they were before; all where there was nothing. */
  readonly changed: number;
}

const seed = 20_261_121;
const changedShare = 0.01;

/** Writes the same files for the same options. */
export async function writeInputFiles(folder: string, options: IngestOptions, signal: AbortSignal): Promise<InputFiles> {
  const write = async (name: string, text: AsyncIterable<string> | Iterable<string>): Promise<string> => {
    const path = join(folder, name);
    await pipeline(text, createWriteStream(path), { signal });
    return path;
  };
  const daily = options.case === 'daily';
  const before = generateLarge({ seed, users: options.rows });
  const after = generateLarge({ seed, users: options.rows, changedShare: daily ? changedShare : 0 });
  const measured = await write('measured.csv', after.users);
  return {
    groups: await write('groups.csv', [before.groups]),
    before: daily ? await write('before.csv', before.users) : null,
    measured,
    bytes: (await stat(measured)).size,
    changed: daily ? after.changed : options.rows,
  };
}
