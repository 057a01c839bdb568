/**
 * Brings files to their places in a thread of its own, whose steps block: in the main thread each would be a way through the
 * thread pool. Answers each message, which holds several requests of one kind, with as many results and the time it took.
 */
import { performance } from 'node:perf_hooks';
import { parentPort } from 'node:worker_threads';
import { blockingDisk, blockingFile } from './blocking-disk.mjs';
import { moveFile, sealFiles } from './endings.mjs';

parentPort.on('message', async ({ sealings = [], movings = [] }) => {
  const began = performance.now();
  const results = [];
  if (sealings.length > 0) {
    const errors = await sealFiles(blockingDisk, sealings.map((sealing) => ({ ...sealing, file: sealing.file === null ? null : blockingFile(sealing.file) })));
    for (const error of errors) results.push(error === null ? {} : failed(error));
  }
  for (const moving of movings) results.push(await moveFile(blockingDisk, moving).then((value) => ({ value }), failed));
  parentPort.postMessage({ results, tookMs: performance.now() - began });
});

/** An error loses its code on the way to another thread. */
function failed({ message, code }) {
  return { error: { message, code } };
}
