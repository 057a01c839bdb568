import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '@rosterport/domain';
import { isMissing } from './file-error.ts';

/** The superuser of the embedded server. */
export const role = 'rosterport';

/** The database that the embedded server keeps everything in. */
export const databaseName = 'postgres';

/** The password in `<folder>/secret` (mode 0600), made at first use. */
export async function provideSecret(folder: string): Promise<string> {
  const known = await readSecret(folder);
  if (known !== null) {
    return known;
  }
  const secret = randomBytes(24).toString('hex');
  const partial = join(folder, 'secret.partial');
  await writeFile(partial, secret, { mode: 0o600, flush: true });
  await rename(partial, join(folder, 'secret'));
  return secret;
}

/** The password, or null when none was made yet. */
export async function readSecret(folder: string): Promise<string | null> {
  try {
    const secret = (await readFile(join(folder, 'secret'), 'utf8')).trim();
    return secret === '' ? null : secret;
  } catch (error) {
    if (isMissing(error)) {
      return null;
    }
    throw error;
  }
}

/** The password of data that exists. Fails with `databaseBroken` when it is gone. */
export async function requireSecret(folder: string): Promise<string> {
  const secret = await readSecret(folder);
  if (secret === null) {
    throw new Failure('databaseBroken', { values: { problem: `its password, the file ${join(folder, 'secret')}, is gone` } });
  }
  return secret;
}

/** Where the server can be reached. */
export function serverUrl(port: number, secret: string): string {
  return `postgres://${role}:${secret}@127.0.0.1:${port}/${databaseName}`;
}
