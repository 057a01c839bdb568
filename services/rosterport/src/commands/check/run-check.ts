import { basename } from 'node:path';
import { checkFile } from './check-file.ts';
import { checkJson, checkText } from './check-report.ts';
import { withOpenFile } from './open-file.ts';

/** How the report of a check looks and where it goes. */
export interface CheckOutput {
  readonly json: boolean;
  readonly colour: boolean;
  readonly show: (pieces: AsyncIterable<string>) => Promise<void>;
}

/** Checks a file of this machine and shows the report. Resolves with false when the file has errors. */
export async function runCheck(path: string, { json, colour, show }: CheckOutput): Promise<boolean> {
  return withOpenFile(path, async (source, scratch) => {
    const check = await checkFile(source, { scratch });
    const name = basename(path);
    await show(json ? checkJson(name, check) : checkText(name, check, colour));
    return check.ok;
  });
}
