import type { Disk, DiskFile } from './disk.ts';
import { DiskThread } from './disk-thread.ts';
import { mediumPace, type MediumPace } from './medium-pace.ts';
import { blockingDisk, blockingFile } from '../worker/blocking-disk.mjs';
import { moveFile, sealFiles, type Moving, type Sealing } from '../worker/endings.mjs';

/** How files come to their places for good. */
export interface Endings {
  /** Seals a file and closes it, also when that fails. Resolves when file, envelope and names are on the medium. */
  seal(sealing: Sealing<DiskFile>): Promise<void>;
  /** Moves a file; false when there is none. Resolves when its names are on the medium. */
  move(moving: Moving): Promise<boolean>;
  /** Resolves when nothing is under way any more. */
  close(): Promise<void>;
}

/** The steps are those of a disk, taken here. */
export function endingsOn(disk: Disk): Endings {
  return {
    async seal(sealing) {
      const [error] = await sealFiles(disk, [sealing]);
      if (error !== null) throw error as Error;
    },
    move: (moving) => moveFile(disk, moving),
    close: () => Promise.resolve(),
  };
}

/**
 * A medium that has been quick of late is worked on here, and any other in a thread; files that are moved behind their
 * senders' backs go through a thread of their own in any case.
 *
 * For a small file in memory the steps take 60 microseconds. The way to a thread and back cost 26 of the main thread and 100
 * until the answer in a bare prototype; on a full machine each of the two messages handed the processor to whom it woke. Step
 * by step through the thread pool it was 100 of the main thread, and more when the other processors slept.
 */
export function endingsByPace(pace: MediumPace = mediumPace()): Endings {
  const sealings = new DiskThread<Sealing<number>, void>('sealings', (ms) => pace.took(ms));
  const movings = new DiskThread<Moving, boolean>('movings');
  const sealHere = async (sealing: Sealing<DiskFile>): Promise<void> => {
    const began = performance.now();
    const [error] = await sealFiles(blockingDisk, [withFile(sealing, ({ fd }) => blockingFile(fd))]);
    pace.took(performance.now() - began);
    if (error !== null) throw error as Error;
  };
  return {
    seal: (sealing) => (pace.isQuick ? sealHere(sealing) : sealings.call(withFile(sealing, ({ fd }) => fd))),
    move: (moving) => movings.call(moving),
    async close() {
      await Promise.all([sealings.close(), movings.close()]);
    },
  };
}

/** The same with its file as what it is elsewhere; field by field, since a copy of whatever there is takes longer. */
function withFile<File>({ file, place, bytes, draft, envelope, names, folder }: Sealing<DiskFile>, as: (file: DiskFile) => File): Sealing<File> {
  return { file: file === null ? null : as(file), place, bytes, draft, envelope, names, folder };
}
