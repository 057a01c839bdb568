import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { Failure, isFailure } from '@rosterport/domain';
import { localFileFailure } from './local-file.ts';

/**
 * Writes a file that only its owner may read; reports hold personal data. The file is there whole or not at all, and what
 * bore its name before is replaced only then. Fails with `localFileUnusable`.
 */
export async function saveFile(path: string, content: AsyncIterable<string | Uint8Array>): Promise<void> {
  const draft = `${path}.${randomUUID()}.part`;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      for await (const piece of content) await handle.writeFile(piece);
    } finally {
      await handle.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    if (isFailure(error)) throw error;
    const isLost = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!isLost) throw localFileFailure(error, path);
    throw new Failure('localFileUnusable', { values: { path, problem: 'its folder does not exist' }, cause: error });
  }
}
