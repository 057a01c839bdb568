import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '@rosterport/domain';
import { makeFolder } from './make-folder.ts';
import { processStart } from './process-start.ts';

/** A folder that this process has for itself. */
export interface FolderLock {
  /** Gives the folder free. Calling it again does nothing. */
  release(): Promise<void>;
}

/** Who holds a lock, as its file says. */
interface Holder {
  readonly pid: number;
  /** See `processStart`. */
  readonly start: string;
  /** Tells two locks of one process apart. */
  readonly token: string;
}

/** The name of the lock's file within the folder. */
export const lockFileName = 'rosterport.lock';

/**
 * Makes the folder if need be and takes it for this process, so that two never work in one data folder. A lock that a
 * killed process left behind is taken over, also when another process has its id by then.
 *
 * Holds among the processes of one machine that see each other's ids; two containers that share a volume do not.
 * Fails with `dataFolderInUse` while a living process holds the folder, and with `dataFolderUnusable` when the folder
 * cannot be made or written.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, lockFileName);
  const start = await processStart(process.pid);
  const own: Holder = { pid: process.pid, start: start ?? '', token: randomUUID() };
  const draft = `${path}.${own.token}`;
  try {
    await makeFolder(folder);
    await writeFile(draft, JSON.stringify(own), { flag: 'wx', mode: 0o600 });
    while (!(await place(draft, path))) await removeStale(path, folder);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('dataFolderUnusable', { values: { folder }, cause: error });
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
  return {
    async release() {
      if ((await holderOf(path))?.token === own.token) await rm(path, { force: true });
    },
  };
}

/** Puts the whole file in place at once; false when there is one already. */
async function place(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Moves a lock away when nobody holds it. It is judged once more after the move: of two processes that find the same
 * stale lock, the slower one may have caught the new lock of the faster one, and puts it back.
 */
async function removeStale(path: string, folder: string): Promise<void> {
  await refuseLiving(await holderOf(path), folder);
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  try {
    await refuseLiving(await holderOf(aside), folder);
  } catch (error) {
    await place(aside, path);
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function refuseLiving(holder: Holder | null, folder: string): Promise<void> {
  if (holder === null || (await processStart(holder.pid)) !== holder.start) return;
  throw new Failure('dataFolderInUse', { values: { pid: holder.pid, folder } });
}

/** `null` when there is no lock, or none that could have been written whole. */
async function holderOf(path: string): Promise<Holder | null> {
  try {
    const content = JSON.parse(await readFile(path, 'utf8')) as Partial<Holder> | null;
    const { pid, start, token } = content ?? {};
    return typeof pid === 'number' && typeof start === 'string' && typeof token === 'string' ? { pid, start, token } : null;
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}
