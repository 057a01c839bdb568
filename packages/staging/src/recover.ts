import { isId, type JobId } from '@rosterport/domain';
import type { Logger } from '@rosterport/runtime';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { errorCode } from './disk-failure.ts';
import type { Disk } from './disk.ts';
import { readEnvelope } from './envelope-file.ts';
import type { Places } from './places.ts';

/** What recovering works with. */
export interface Area {
  readonly disk: Disk;
  readonly places: Places;
  readonly log: Logger;
}

/**
 * Brings the inbox of a process that is gone into order and returns the latest moment of sealing there. Every state that
 * a crash can leave:
 *
 * - a file without an envelope: the seal was cut between its two renames, nobody heard "accepted"; it is removed, or, where
 *   its upload was once left, is again what was left.
 * - an envelope whose file is among the kept ones: the move was cut; it stays, is reported again, and is kept again.
 * - a file whose envelope is among the kept ones: the disk lost half of the move; it is moved too.
 * - an envelope without any file, or one that cannot be read: the disk lost something; both go to `damaged`, with an error.
 */
export async function recoverInbox(area: Area): Promise<string | null> {
  const { disk, places } = area;
  const names = new Set(await readdir(places.inbox));
  let latest: string | null = null;
  for (const name of names) {
    const jobId = name.replace(/\.\w+$/, '') as JobId;
    if (!isId(jobId)) continue;
    if (name === `${jobId}.file` && !names.has(`${jobId}.json`)) {
      await clearLoneFile(area, jobId);
    } else if (name === `${jobId}.json`) {
      const sealedAt = await checkEnvelope(area, jobId);
      if (sealedAt !== null && (latest === null || sealedAt > latest)) latest = sealedAt;
    }
  }
  await disk.syncFolder(places.inbox);
  return latest;
}

async function clearLoneFile({ disk, places, log }: Area, jobId: JobId): Promise<void> {
  const { file } = places.inboxOf(jobId);
  if (await isFile(places.keptOf(jobId).envelope)) {
    await disk.rename(file, places.keptOf(jobId).file);
    return;
  }
  if (await isFile(places.noteOf(jobId))) {
    await disk.rename(file, places.partOf(jobId));
    return;
  }
  await disk.remove(file);
  log.warn('A file that was never accepted was removed', { job: jobId });
}

async function checkEnvelope(area: Area, jobId: JobId): Promise<string | null> {
  const { places } = area;
  const envelope = await readEnvelope(places.inboxOf(jobId).envelope);
  const isWhole = typeof envelope === 'object' && envelope.jobId === jobId;
  if (isWhole && ((await isFile(places.inboxOf(jobId).file)) || (await isFile(places.keptOf(jobId).file)))) {
    return envelope.sealedAt;
  }
  await setAside(area, jobId);
  return null;
}

/** Moves an envelope that is of no use, and the file if there is one, out of the way and tells the operator. */
export async function setAside(area: Area, jobId: JobId): Promise<void> {
  const { disk, places, log } = area;
  const { file, envelope } = places.inboxOf(jobId);
  for (const path of [envelope, file]) {
    if (await isFile(path)) await disk.rename(path, join(places.damaged, basename(path)));
  }
  log.error('A sealed file is damaged and was set aside', { job: jobId, folder: places.damaged });
}

/**
 * Removes what uploads of processes that are gone left behind: envelopes that were being written at once, partial files
 * when they have not been touched for `keptSeconds`. `isActive` tells which ids this process is uploading.
 */
export async function sweepPartials(
  area: Area,
  keptSeconds: number,
  isActive: (jobId: JobId) => boolean,
): Promise<void> {
  const { disk, places, log } = area;
  const oldest = Date.now() - keptSeconds * 1000;
  for (const name of await readdir(places.partial)) {
    const jobId = name.replace(/\..*$/, '') as JobId;
    const path = join(places.partial, name);
    if (isActive(jobId) || (name.endsWith('.part') && (await changedAt(path)) > oldest)) continue;
    await disk.remove(path);
    log.info('The remains of an unfinished upload were removed', { job: jobId });
  }
}

/** A file that is gone counts as just changed: somebody else is at it. */
async function changedAt(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return Number.POSITIVE_INFINITY;
    throw error;
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
