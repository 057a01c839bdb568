import type { Failure } from '@rosterport/domain';
import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from './disk-failure.ts';
import type { DropArrival } from './drop-arrival.ts';

/** The folder within an account's folder that takes refused files. */
export const refusedFolder = 'refused';

/**
 * Moves a file that will never be taken into `refused`, with the reason in a text file of the same name beside it. An
 * earlier refused file of that name stays. Fails when `refused` is not a real folder.
 */
export async function refuseArrival(arrival: DropArrival, failure: Failure): Promise<void> {
  const folder = join(dirname(arrival.path), refusedFolder);
  await mkdir(folder, { recursive: true });
  if (!(await lstat(folder)).isDirectory()) throw new Error('the folder for refused files is not a folder');
  const reason = `${failure.message}\n${failure.hint}\n`;
  for (const name of [arrival.fileName, `${arrival.arrivalId} ${arrival.fileName}`, arrival.arrivalId]) {
    const target = join(folder, name);
    if (!(await isFree(target)) || !(await writeNew(`${target}.txt`, reason))) continue;
    try {
      await rename(arrival.path, target);
      return;
    } catch (error) {
      await rm(`${target}.txt`, { force: true });
      throw error;
    }
  }
  throw new Error('no name is left for a refused file');
}

async function isFree(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return false;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return true;
    if (errorCode(error) === 'ENAMETOOLONG') return false;
    throw error;
  }
}

/** False when the name is taken or too long. */
async function writeNew(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (['EEXIST', 'ENAMETOOLONG'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
}
