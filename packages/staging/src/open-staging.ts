import { Failure, type JobId } from '@rosterport/domain';
import { systemClock, type Clock, type Logger } from '@rosterport/runtime';
import { randomUUID } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { beginUpload, resumeUpload, type ActiveUploads, type UploadNeeds } from './begin-upload.ts';
import { systemDisk, type Disk } from './disk.ts';
import { endingsByPace, endingsOn, type Endings } from './endings.ts';
import { openHeldMemory, type HeldMemory } from './held-bytes.ts';
import { oldFiles } from './old-files.ts';
import { openPartials, type Partials } from './partials.ts';
import { placesIn } from './places.ts';
import { readSealed } from './read-sealed.ts';
import { recoverInbox, sweepPartials, type Area } from './recover.ts';
import { sealClock } from './seal-clock.ts';
import { shelfOf } from './shelf.ts';
import type { Staging } from './staging.ts';
import { watchInbox, type HintedWatch } from './watch-inbox.ts';

/** What a staging area is opened with. */
export interface StagingOptions {
  readonly folder: string;
  readonly log: Logger;
  /** How often the inbox is read though nothing seems to have happened; 10 unless told. */
  readonly sweepEverySeconds?: number;
  /** How long an upload that was left is kept, and a partial file of a process that is gone; a day unless told. */
  readonly partialsKeptSeconds?: number;
  /** Bytes of small files that are held in memory until they are sealed, at most; 16 MiB unless told. */
  readonly heldBytes?: number;
  readonly clock?: Clock;
  readonly disk?: Disk;
}

const hourMs = 3_600_000;
const usualHeldBytes = 16 * 1024 * 1024;

/**
 * Opens the staging area in a folder, makes it if need be, and clears up what a crash left there. The caller sees to it
 * that no other process has it open. Fails with `dataFolderUnusable` when the folder cannot be used.
 */
export async function openStaging(options: StagingOptions): Promise<Staging> {
  const { folder, log, disk = systemDisk, clock = systemClock, partialsKeptSeconds = 86_400 } = options;
  const places = placesIn(folder);
  const area: Area = { disk, places, log };
  const uploads: ActiveUploads = new Map();
  const isActive = (jobId: JobId): boolean => uploads.has(jobId);
  let latest: string | null;
  let partials: Partials;
  const sweep = (): Promise<void> =>
    sweepPartials(area, partialsKeptSeconds, (jobId) => isActive(jobId) || partials.find(jobId) !== undefined);
  try {
    for (const path of [places.partial, places.inbox, places.kept, places.damaged]) await disk.makeFolder(path);
    latest = await recoverInbox(area);
    partials = await openPartials({ ...area, clock, keptSeconds: partialsKeptSeconds, isActive });
    await sweep();
  } catch (error) {
    throw new Failure('dataFolderUnusable', { values: { folder }, cause: error });
  }

  const nextMoment = sealClock(clock, latest);
  const { endings, memory } = sealingFor(options);
  const shelf = shelfOf(disk, places, endings);
  const watches = new Set<HintedWatch>();
  const onPlaced = (): void => {
    for (const watch of watches) watch.hint();
  };
  const timer = setInterval(() => {
    sweep().catch((error: unknown) => log.error('Unfinished uploads could not be swept', { error }));
  }, hourMs).unref();
  const sealed = (): ReturnType<Staging['sealed']> => readSealed(area, shelf, isActive);

  const underWay = stepsUnderWay();
  const needs: UploadNeeds = { disk, places, shelf, partials, uploads, nextMoment, memory, onPlaced };

  return {
    begin: (wanted) => beginUpload(wanted, needs),
    resume: (wanted) => resumeUpload(wanted, needs),
    ...leftUploads(partials, isActive),
    sealed,
    keep: (jobId) => underWay.add(shelf.keep(jobId)),
    open: (jobId) => shelf.open(jobId),
    ...oldFiles(disk, places, shelf),
    watch(onSealed) {
      const sweepEverySeconds = options.sweepEverySeconds ?? 10;
      const isSealed = (jobId: JobId): Promise<boolean> => shelf.isInInbox(jobId);
      const watch = watchInbox({ folder: places.inbox, sweepEverySeconds, log, sealed, isSealed, onSealed });
      watches.add(watch);
      return Promise.resolve(watch);
    },
    async freeBytes() {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
    healthy: () => isHealthy(disk, join(places.partial, `${randomUUID()}.probe`)),
    async close() {
      clearInterval(timer);
      await Promise.all([...watches].map((watch) => watch.close()));
      for (const upload of [...uploads.values()]) await upload?.discard();
      await underWay.ended();
      await endings.close();
    },
  };
}

/** What small files are held in, and what seals and moves them: here where the disk is one that was handed in. */
function sealingFor({ disk, heldBytes = usualHeldBytes }: StagingOptions): { readonly endings: Endings; readonly memory: HeldMemory } {
  return { endings: disk === undefined ? endingsByPace() : endingsOn(disk), memory: openHeldMemory(heldBytes) };
}

/** Keeps count of steps, so that closing can wait for those that nobody else waits for. */
function stepsUnderWay(): { add(step: Promise<void>): Promise<void>; ended(): Promise<void> } {
  const steps = new Set<Promise<void>>();
  return {
    add(step) {
      const counted = step.finally(() => steps.delete(counted));
      steps.add(counted);
      return counted;
    },
    async ended() {
      await Promise.allSettled(steps);
    },
  };
}

function leftUploads(
  partials: Partials,
  isActive: (jobId: JobId) => boolean,
): Pick<Staging, 'partials' | 'expiredPartials' | 'amendPartial' | 'dropPartial'> {
  return {
    partials: (credentialId) => partials.of(credentialId),
    expiredPartials: () => partials.expired(),
    amendPartial: (jobId, details) => partials.put(jobId, details),
    dropPartial: async (jobId) => {
      if (!isActive(jobId)) await partials.remove(jobId);
    },
  };
}

async function isHealthy(disk: Disk, probe: string): Promise<boolean> {
  try {
    const file = await disk.create(probe);
    await file.close();
    await disk.remove(probe);
    return true;
  } catch {
    return false;
  }
}
