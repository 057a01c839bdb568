import { open, rename, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from './file-error.ts';

const limitBytes = 10 * 1024 * 1024;

/** The server's own log, opened for one run. */
export interface ServerLog {
  readonly file: FileHandle;
  /** What this run has written, at most its last 64 KiB. */
  written(): Promise<string>;
}

/** Opens `<folder>/postgres.log`. A log over 10 MiB becomes `postgres.log.1` first, so both together stay bounded by starts. */
export async function openServerLog(folder: string): Promise<ServerLog> {
  const path = join(folder, 'postgres.log');
  if ((await sizeOf(path)) > limitBytes) {
    await rename(path, `${path}.1`);
  }
  const file = await open(path, 'a+', 0o600);
  const start = (await file.stat()).size;
  return { file, written: () => readFrom(file, start) };
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) {
      return 0;
    }
    throw error;
  }
}

async function readFrom(file: FileHandle, start: number): Promise<string> {
  const { size } = await file.stat();
  const from = Math.max(start, size - 65_536);
  const { bytesRead, buffer } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
  return buffer.toString('utf8', 0, bytesRead);
}
