import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { noCounts, type Counts } from '@rosterport/domain';
import { generateLarge } from '@rosterport/fixtures';
import { firstLines } from './first-lines.ts';
import type { IngestOptions } from './result.ts';

/** The files of a measurement, on disk. */
export interface InputFiles {
  readonly groups: string;
  /** What the directory holds already; `null` where it has no people. */
  readonly before: string | null;
  readonly measured: string;
  /** The beginning of the measured file, by which a process warms up. */
  readonly warmUp: string;
  /** Size of the measured file. */
  readonly bytes: number;
  /** What must become of its rows. */
  readonly counts: Counts;
}

const seed = 20_261_121;
const changedShare = 0.01;
/** As many as a file of few rows has at most. */
const warmUpRows = 2_000;

/** Writes the same files for the same options. */
export async function writeInputFiles(folder: string, options: IngestOptions, signal: AbortSignal): Promise<InputFiles> {
  const write = async (name: string, text: AsyncIterable<string> | Iterable<string>): Promise<string> => {
    const path = join(folder, name);
    await pipeline(text, createWriteStream(path), { signal });
    return path;
  };
  const daily = options.case === 'daily';
  const company = { seed, users: options.rows, ids: options.ids, faultyShare: options.faulty / 100 };
  const before = generateLarge(company);
  const after = generateLarge({ ...company, changedShare: daily ? changedShare : 0 });
  const { rejected } = after;
  const accepted = options.rows - rejected;
  const measured = await write('measured.csv', after.users);
  return {
    groups: await write('groups.csv', [before.groups]),
    before: daily ? await write('before.csv', before.users) : null,
    measured,
    warmUp: await write('warm-up.csv', firstLines(measured, warmUpRows + 1)),
    bytes: (await stat(measured)).size,
    counts: { ...noCounts, ...(daily ? { updated: after.changed, unchanged: accepted - after.changed } : { created: accepted }), rejected },
  };
}
