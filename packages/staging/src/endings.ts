import type { Disk, DiskFile } from './disk.ts';
import { DiskThread } from './disk-thread.ts';
import { moveFile, sealFiles, type Moving, type Sealing } from '../worker/endings.mjs';

/** How files come to their places for good. */
export interface Endings {
  /** Seals a file and closes it, also when that fails. Resolves when file, envelope and names are on the medium. */
  seal(sealing: Sealing): Promise<void>;
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
 * The steps are taken in two threads, one for files whose senders wait and one for files that are moved behind their backs.
 * With one way there and back a small file in memory took 26 microseconds of the main thread; step by step through the thread
 * pool it was 100, and more when the other processors slept.
 */
export function endingsInThreads(): Endings {
  const sealings = new DiskThread<Sealing<number>, void>('sealings');
  const movings = new DiskThread<Moving, boolean>('movings');
  return {
    seal: ({ file, ...sealing }) => sealings.call({ ...sealing, file: descriptorOf(file) }),
    move: (moving) => movings.call(moving),
    async close() {
      await Promise.all([sealings.close(), movings.close()]);
    },
  };
}

function descriptorOf({ fd }: DiskFile): number {
  return fd;
}
