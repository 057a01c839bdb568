import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '@rosterport/domain';
import type { Scratch } from '@rosterport/formats';

/**
 * A place on disk for what would fill the memory while a file is read. What an earlier process left in the folder is
 * removed, so the folder must belong to this process alone.
 */
export async function openScratch(folder: string): Promise<Scratch> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) await rm(join(folder, name), { force: true });
  return {
    open: async () => {
      const path = join(folder, randomUUID());
      const handle = await open(path, 'wx+', 0o600);
      return {
        append: async (bytes) => {
          await handle.appendFile(bytes).catch((error: unknown) => {
            throw new Failure('storageFull', { cause: error });
          });
        },
        read: async (position, length) => {
          const buffer = Buffer.allocUnsafe(length);
          const { bytesRead } = await handle.read(buffer, 0, length, position);
          return buffer.subarray(0, bytesRead);
        },
        close: async () => {
          await handle.close();
          await rm(path, { force: true });
        },
      };
    },
  };
}
