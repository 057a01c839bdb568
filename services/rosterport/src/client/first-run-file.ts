import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a client takes from the notes of the first start. */
export interface FirstRunNotes {
  readonly token?: string;
  readonly reportToken?: string;
  readonly httpsPort?: number;
}

/** Reads `first-run.json` of a data folder; nothing is in it where it is missing, damaged or somebody else's. */
export async function readFirstRun(dataDir: string): Promise<FirstRunNotes> {
  try {
    const notes = JSON.parse(await readFile(join(dataDir, 'first-run.json'), 'utf8')) as unknown;
    if (typeof notes !== 'object' || notes === null) return {};
    const { token, reportToken, httpsPort } = notes as Readonly<Record<string, unknown>>;
    return {
      ...(typeof token === 'string' ? { token } : {}),
      ...(typeof reportToken === 'string' ? { reportToken } : {}),
      ...(typeof httpsPort === 'number' ? { httpsPort } : {}),
    };
  } catch {
    return {};
  }
}
