import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';

/** A file that is being written. */
export interface DiskFile {
  /** Writes at a position and resolves with the number of bytes taken, which may be fewer. */
  write(bytes: Uint8Array, position: number): Promise<number>;
  /** Reads into the buffer and resolves with the number of bytes got; 0 at the end. */
  read(into: Uint8Array, position: number): Promise<number>;
  truncate(size: number): Promise<void>;
  /** Resolves when the bytes and the size are on the medium. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Every way in which staging changes the disk, one step each; a test breaks them one by one. */
export interface Disk {
  /** Makes a file that only this user may read; fails with `EEXIST` when there is one. */
  create(path: string): Promise<DiskFile>;
  /** Opens a file that is there, for reading and writing. */
  reopen(path: string): Promise<DiskFile>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file; nothing happens when there is none. */
  remove(path: string): Promise<void>;
  /** Makes a folder and those above it; nothing happens when it is there. */
  makeFolder(path: string): Promise<void>;
  /** Resolves when the names in the folder are on the medium. */
  syncFolder(path: string): Promise<void>;
}

/** The disk of the machine. */
export const systemDisk: Disk = {
  create: async (path) => diskFile(await open(path, 'wx+', 0o600)),
  reopen: async (path) => diskFile(await open(path, 'r+')),
  rename,
  remove: (path) => rm(path, { force: true }),
  async makeFolder(path) {
    await mkdir(path, { recursive: true, mode: 0o700 });
  },
  syncFolder,
};

function diskFile(handle: FileHandle): DiskFile {
  return {
    write: async (bytes, position) => (await handle.write(bytes, 0, bytes.length, position)).bytesWritten,
    read: async (into, position) => (await handle.read(into, 0, into.length, position)).bytesRead,
    truncate: (size) => handle.truncate(size),
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

async function syncFolder(path: string): Promise<void> {
  // Windows opens no folders and keeps names in its journal.
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
