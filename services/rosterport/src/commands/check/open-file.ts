import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ByteSource, Scratch } from '@rosterport/formats';
import { openScratch } from '@rosterport/processor';
import { localFileFailure, openLocalFile } from '../../client/local-file.ts';

/** Opens a file for a check, with a place for what would fill the memory, and closes both after the work. */
export async function withOpenFile<Result>(
  path: string,
  work: (source: ByteSource, scratch: Scratch) => Promise<Result>,
): Promise<Result> {
  const { handle, size } = await openLocalFile(path);
  try {
    const folder = await mkdtemp(join(tmpdir(), 'rosterport-check-'));
    try {
      const read: ByteSource['read'] = async (position, length) => {
        const buffer = Buffer.allocUnsafe(length);
        const { bytesRead } = await handle.read(buffer, 0, length, position).catch((error: unknown) => {
          throw localFileFailure(error, path);
        });
        return buffer.subarray(0, bytesRead);
      };
      return await work({ size, read }, await openScratch(folder));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  } finally {
    await handle.close();
  }
}
