import { Buffer } from 'node:buffer';

/**
 * How files come to their places, for good. A crash between any two of these steps leaves a file whole or not there, and what
 * was promised to its sender stays. The steps of the disk may block or give promises; only for those is anything waited.
 */

/**
 * Seals some files together and tells of each what it failed with, or `null`. All are written before the first is synced, so
 * that one commit of the file system may do for many; the folder is synced once for all. Closes each file in any case.
 */
export function sealFiles(disk, sealings) {
  return taken(sealingSteps(disk, sealings));
}

/** Moves a file to another folder, which is made if need be. False when none of the names was there. */
export function moveFile(disk, moving) {
  return taken(movingSteps(disk, moving));
}

/** Takes steps one after the other, each of which ends before the next begins. */
async function taken(steps) {
  let step = steps.next();
  while (!step.done) {
    let value = step.value;
    if (isPromise(value)) {
      try {
        value = await value;
      } catch (error) {
        step = steps.throw(error);
        continue;
      }
    }
    step = steps.next(value);
  }
  return step.value;
}

function isPromise(value) {
  return typeof value?.then === 'function';
}

function* sealingSteps(disk, sealings) {
  const states = sealings.map(({ file, place, bytes, draft, envelope, names, folder }) => {
    return { file, place, bytes, draft, envelope, names, folder, beside: null, error: null };
  });
  for (const state of states) yield* guarded(state, writeBoth(disk, state));
  yield* syncAll(states.filter(({ error }) => error === null));
  for (const state of states) {
    for (const file of [state.file, state.beside]) if (file !== null) yield* guarded(state, closing(file));
  }
  for (const state of states) if (state.error === null) yield* guarded(state, naming(disk, state));
  for (const folder of new Set(sealings.map((sealing) => sealing.folder))) {
    const those = states.filter((state) => state.folder === folder && state.error === null);
    const whole = { error: null };
    if (those.length > 0) yield* guarded(whole, syncing(disk, folder));
    for (const state of those) state.error = whole.error;
  }
  return states.map(({ error }) => error);
}

function* movingSteps(disk, { folder, names, lasting }) {
  yield disk.makeFolder(folder);
  let moved = false;
  for (const [from, to] of names) moved = (yield* moveOnce(disk, from, to)) || moved;
  if (moved) for (const path of lasting) yield disk.syncFolder(path);
  return moved;
}

/** Takes the steps; the first that fails is what the whole has failed with. */
function* guarded(state, steps) {
  try {
    yield* steps;
  } catch (error) {
    state.error ??= error;
  }
}

function* writeBoth(disk, state) {
  state.file ??= yield* createAnew(disk, state.place);
  if (state.bytes !== null) yield* writeAll(state.file, state.bytes);
  state.beside = yield* createAnew(disk, state.draft);
  yield* writeAll(state.beside, Buffer.from(state.envelope));
}

/** Begins all before it waits for the first, and waits for all: nothing may be going on with a file that is closed. */
function* syncAll(states) {
  const syncs = states.flatMap((state) => [state.file, state.beside].map((file) => ({ state, synced: begun(file) })));
  for (const { state, synced } of syncs) yield* guarded(state, waiting(synced));
}

/** What has failed before its turn comes fails then. */
function begun(file) {
  try {
    const synced = file.sync();
    if (isPromise(synced)) synced.catch(() => undefined);
    return synced;
  } catch (error) {
    const failed = Promise.reject(error);
    failed.catch(() => undefined);
    return failed;
  }
}

function* waiting(step) {
  yield step;
}

function* closing(file) {
  yield file.close();
}

function* syncing(disk, folder) {
  yield disk.syncFolder(folder);
}

function* naming(disk, { names }) {
  for (const [from, to] of names) yield disk.rename(from, to);
}

function* writeAll(file, bytes) {
  for (let at = 0; at < bytes.length; ) at += yield file.write(bytes.subarray(at), at);
}

function* createAnew(disk, path) {
  try {
    return yield disk.create(path);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    yield disk.remove(path);
    return yield disk.create(path);
  }
}

function* moveOnce(disk, from, to) {
  try {
    yield disk.rename(from, to);
    return true;
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}
