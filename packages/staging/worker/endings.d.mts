/** A value, or a promise of it: steps of the disk may block or not. */
type Soon<Value> = Value | Promise<Value>;

/** What sealing needs of a file. */
export interface EndingFile {
  write(bytes: Uint8Array, position: number): Soon<number>;
  sync(): Soon<void>;
  close(): Soon<void>;
}

/** What sealing and moving need of a disk; see `Disk`. */
export interface EndingDisk {
  create(path: string): Soon<EndingFile>;
  rename(from: string, to: string): Soon<void>;
  remove(path: string): Soon<void>;
  makeFolder(path: string): Soon<void>;
  syncFolder(path: string): Soon<void>;
}

/** A file that is to be sealed; its names are given in this order, and their folder is then synced. */
export interface Sealing<File = EndingFile> {
  /** The open file; `null` for one that is yet to be made, in its place. */
  readonly file: File | null;
  readonly place: string;
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

export function sealFiles(disk: Omit<EndingDisk, 'makeFolder'>, sealings: readonly Sealing[]): Promise<readonly unknown[]>;
export function moveFile(disk: Pick<EndingDisk, 'makeFolder' | 'rename' | 'syncFolder'>, moving: Moving): Promise<boolean>;
