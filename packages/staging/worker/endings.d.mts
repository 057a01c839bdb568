import type { Disk, DiskFile } from '../src/disk.ts';

/** A file that is to be sealed; its names are given in this order, and their folder is then synced. */
export interface Sealing<File = DiskFile> {
  readonly file: File;
  /** The bytes of the file from its beginning, where they are not written yet. */
  readonly bytes: Uint8Array | null;
  /** Where the envelope is written first, and its text. */
  readonly draft: string;
  readonly envelope: string;
  readonly names: readonly (readonly [from: string, to: string])[];
  readonly folder: string;
}

/** A file that is to be moved. */
export interface Moving {
  /** Where it goes; made if need be. */
  readonly folder: string;
  readonly names: readonly (readonly [from: string, to: string])[];
  /** The folders whose names must last when it has been moved. */
  readonly lasting: readonly string[];
}

export function sealFiles(disk: Pick<Disk, 'create' | 'remove' | 'rename' | 'syncFolder'>, sealings: readonly Sealing[]): Promise<readonly unknown[]>;
export function moveFile(disk: Pick<Disk, 'makeFolder' | 'rename' | 'syncFolder'>, moving: Moving): Promise<boolean>;
