import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { folderFailure, isMissing } from './file-error.ts';
import { isServerOn, readPostmasterFile } from './postmaster-file.ts';
import { readSecret, serverUrl } from './secret.ts';

/**
 * The URL of the embedded server that runs on the folder and takes connections, for tools beside the process that started
 * it; null when none does. Fails with `dataFolderUnusable` when this user may not read the folder.
 */
export async function runningEmbedded(folder: string): Promise<string | null> {
  try {
    const data = join(await realpath(folder), 'data');
    const [file, secret] = await Promise.all([readPostmasterFile(data), readSecret(folder)]);
    const runs = file !== null && file.ready && (await isServerOn(data, file.pid));
    return runs && secret !== null ? serverUrl(file.port, secret) : null;
  } catch (error) {
    if (isMissing(error)) {
      return null;
    }
    throw folderFailure(error, folder);
  }
}
