import { closeSync, fdatasync, fdatasyncSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';

/** The disk of the machine, whose steps block, but for syncs that are slow. */
export const blockingDisk = {
  create: (path) => blockingFile(openSync(path, 'wx+', 0o600)),
  rename: renameSync,
  remove: (path) => rmSync(path, { force: true }),
  makeFolder: (path) => mkdirSync(path, { recursive: true, mode: 0o700 }),
  syncFolder,
};

/** A file of that disk by its descriptor. */
export function blockingFile(fd) {
  return {
    write: (bytes, position) => writeSync(fd, bytes, 0, bytes.length, position),
    sync: () => sync(fd),
    close: () => closeSync(fd),
  };
}

/** A sync that takes longer than the way through the thread pool is worth that way: there four are waited for at once. */
const quickMs = 0.5;
const syncThroughPool = promisify(fdatasync);
let lastSyncMs = 0;

function sync(fd) {
  if (lastSyncMs >= quickMs) return syncSlowly(fd);
  const began = performance.now();
  fdatasyncSync(fd);
  lastSyncMs = performance.now() - began;
}

async function syncSlowly(fd) {
  const began = performance.now();
  await syncThroughPool(fd);
  lastSyncMs = performance.now() - began;
}

function syncFolder(path) {
  // Windows opens no folders and keeps names in its journal.
  if (process.platform === 'win32') return;
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
