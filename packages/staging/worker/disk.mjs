/**
 * Brings files to their places in a thread of its own, whose steps block: in the main thread each would be a way through the
 * thread pool. Answers each message, which holds several requests of one kind, with as many results.
 */
import { closeSync, fdatasync, fdatasyncSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { parentPort } from 'node:worker_threads';
import { moveFile, sealFiles } from './endings.mjs';

const disk = {
  create: (path) => fileOf(openSync(path, 'wx+', 0o600)),
  rename: renameSync,
  remove: (path) => rmSync(path, { force: true }),
  makeFolder: (path) => mkdirSync(path, { recursive: true, mode: 0o700 }),
  syncFolder,
};

parentPort.on('message', async ({ sealings = [], movings = [] }) => {
  const results = [];
  if (sealings.length > 0) {
    const errors = await sealFiles(disk, sealings.map((sealing) => ({ ...sealing, file: fileOf(sealing.file) })));
    for (const error of errors) results.push(error === null ? {} : failed(error));
  }
  for (const moving of movings) results.push(await moveFile(disk, moving).then((value) => ({ value }), failed));
  parentPort.postMessage(results);
});

function fileOf(fd) {
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

async function sync(fd) {
  const began = performance.now();
  if (lastSyncMs < quickMs) fdatasyncSync(fd);
  else await syncThroughPool(fd);
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

/** An error loses its code on the way to another thread. */
function failed({ message, code }) {
  return { error: { message, code } };
}
