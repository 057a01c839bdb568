import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a token of the first start is for: sending files, reading, or what operators do. */
export type TokenPurpose = 'token' | 'reportToken' | 'operatorToken';

/** What a client takes from the notes of the first start. */
export interface FirstRunNotes {
  readonly token?: string;
  readonly reportToken?: string;
  readonly operatorToken?: string;
  readonly httpsPort?: number;
}

/** Reads `first-run.json` of a data folder; nothing is in it where it is missing, damaged or somebody else's. */
export async function readFirstRun(dataDir: string): Promise<FirstRunNotes> {
  try {
    const notes = JSON.parse(await readFile(join(dataDir, 'first-run.json'), 'utf8')) as unknown;
    if (typeof notes !== 'object' || notes === null) return {};
    const { token, reportToken, operatorToken, httpsPort } = notes as Readonly<Record<string, unknown>>;
    return {
      ...(typeof token === 'string' ? { token } : {}),
      ...(typeof reportToken === 'string' ? { reportToken } : {}),
      ...(typeof operatorToken === 'string' ? { operatorToken } : {}),
      ...(typeof httpsPort === 'number' ? { httpsPort } : {}),
    };
  } catch {
    return {};
  }
}
