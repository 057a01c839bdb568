import { isFailure, type Failure } from '@rosterport/domain';
import type { Logger } from '@rosterport/runtime';
import { mkdir, rm } from 'node:fs/promises';
import { errorCode } from './disk-failure.ts';
import { dropArrival, isSameFile, type DropArrival, type FoundFile } from './drop-arrival.ts';
import { checkFileName } from './file-name.ts';
import { findDropped, statsOf, type FolderUse, type PassedOver } from './find-dropped.ts';
import { openFolderHints } from './folder-hints.ts';
import { refuseArrival } from './refuse-arrival.ts';
import { startRounds } from './rounds.ts';
import { settling } from './settling.ts';

/** What a drop folder is watched with. */
export interface DropFolderOptions {
  /** Holds one folder an account; it is made if need be, the accounts' folders are not. */
  readonly folder: string;
  /** How long size and time of writing must have stayed as they are before a file counts as whole. */
  readonly settleSeconds: number;
  readonly log: Logger;
  /** The folders within that of an account that are looked into, each as an absolute path below it; none unless told. */
  readonly useOf?: FolderUse;
  /** How often the folder is read though nothing seems to have happened; 10 unless told. */
  readonly sweepEverySeconds?: number;
  /**
   * Takes a file. Once it resolves, or fails with `uploadExists`, the original is removed. When it fails with a failure
   * that no retry mends, the original is moved to `refused`; otherwise it stays and a later round tries again.
   */
  readonly onArrival: (arrival: DropArrival) => Promise<void>;
}

/** A watch over a drop folder. */
export interface DropFolderWatch {
  /** True while the folder can be read. */
  readonly ready: boolean;
  /** Stops taking files; resolves when the one under way has been dealt with. */
  close(): Promise<void>;
}

/** As deep as accounts have folders: `<account>/feeds/<feed>/full`. What lies deeper is found by the next sweep. */
const hintDepth = 4;

/** Hints come in bursts while a file is being written. */
const hintAfterMs = 100;

/** Watches the folders into which other programs drop files, one file at a time. A file is never taken twice. */
export async function watchDropFolder(options: DropFolderOptions): Promise<DropFolderWatch> {
  const { folder, log, useOf = () => null } = options;
  const everyMs = (options.sweepEverySeconds ?? 10) * 1000;
  const settled = settling(options.settleSeconds * 1000);
  const again = (file: FoundFile): void => settled.defer(file, everyMs);
  const told = new Set<string>();
  let ready = false;
  await mkdir(folder, { recursive: true });

  const run = async (_reason: unknown, isClosing: () => boolean): Promise<number | undefined> => {
    try {
      const { files, passedOver } = await findDropped(folder, useOf);
      ready = true;
      tellOnce(passedOver, told, log);
      for (const file of settled.of(files)) {
        if (isClosing()) break;
        if (!(await take(file, options))) again(file);
      }
    } catch (error) {
      ready = false;
      log.error('The drop folder cannot be read', { error });
    }
    // Files that were just taken are still remembered as due; the round that forgets them must not follow at once.
    const nextMs = settled.nextMs();
    return nextMs === undefined ? undefined : Math.max(nextMs, hintAfterMs);
  };
  const rounds = startRounds({ everyMs, hintAfterMs: () => hintAfterMs, run });
  const hints = await openFolderHints({
    folder,
    depth: hintDepth,
    log,
    onHint: () => rounds.hint(),
  });
  return {
    get ready() {
      return ready;
    },
    async close() {
      ready = false;
      await hints.close();
      await rounds.close();
    },
  };
}

/** File names are personal data at times, so that they stand in debug lines only. */
function tellOnce(passedOver: readonly PassedOver[], told: Set<string>, log: Logger): void {
  for (const { account, path, sentence } of passedOver) {
    if (told.has(path)) continue;
    told.add(path);
    log.warn(sentence, { account });
    log.debug(sentence, { account, path });
  }
}

/** True when the file needs nothing more. */
async function take(file: FoundFile, options: DropFolderOptions): Promise<boolean> {
  const { log } = options;
  const arrival = dropArrival(file);
  const job = arrival.arrivalId;
  try {
    const now = await statsOf(file.path);
    if (now === null || !isSameFile(now, file.stats)) return true;
    const failure = await offer(arrival, options);
    if (failure === null) {
      await removeSame(file);
      return true;
    }
    log.warn(failure.retry ? 'A dropped file is tried again later' : 'A dropped file was refused', { job, code: failure.code });
    if (!failure.retry) await refuseArrival(arrival, failure);
    return !failure.retry;
  } catch (error) {
    // The error itself would name the file.
    log.error('A dropped file could not be taken; it is tried again', { job, code: errorCode(error) ?? 'none' });
    log.debug('A dropped file could not be taken', { job, error });
    return false;
  }
}

/** `null` when the file has its job; the failure that keeps it from having one otherwise. */
async function offer(arrival: DropArrival, options: DropFolderOptions): Promise<Failure | null> {
  try {
    checkFileName(arrival.fileName);
    await options.onArrival(arrival);
    return null;
  } catch (error) {
    if (!isFailure(error)) throw error;
    return error.code === 'uploadExists' ? null : error;
  }
}

/** Removes the original, unless another file stands there by that name or somebody wrote to it meanwhile. */
async function removeSame(file: FoundFile): Promise<void> {
  const stats = await statsOf(file.path);
  if (stats !== null && isSameFile(stats, file.stats)) await rm(file.path, { force: true });
}
