import { Buffer } from 'node:buffer';

/**
 * How files come to their places, for good. A crash between any two of these steps leaves a file whole or not there, and what
 * was promised to its sender stays. The steps of the disk may block or give promises.
 */

/**
 * Seals some files together and tells of each what it failed with, or `null`. All are written before the first is synced, so
 * that one commit of the file system may do for many; the folder is synced once for all. Closes each file in any case.
 */
export async function sealFiles(disk, sealings) {
  const states = sealings.map((sealing) => ({ ...sealing, beside: null, error: null }));
  const each = async (step) => {
    for (const state of states) if (state.error === null) await guarded(state, () => step(state));
  };
  await each(async (state) => {
    if (state.bytes !== null) await writeAll(state.file, state.bytes);
    state.beside = await createAnew(disk, state.draft);
    await writeAll(state.beside, Buffer.from(state.envelope));
  });
  const written = states.filter(({ error }) => error === null);
  await Promise.all(written.map((state) => guarded(state, () => syncBoth(state))));
  for (const state of states) {
    await guarded(state, () => state.file.close());
    await guarded(state, () => state.beside?.close());
  }
  await each(async ({ names }) => {
    for (const [from, to] of names) await disk.rename(from, to);
  });
  for (const folder of new Set(sealings.map((sealing) => sealing.folder))) {
    const those = states.filter((state) => state.folder === folder && state.error === null);
    const whole = { error: null };
    if (those.length > 0) await guarded(whole, () => disk.syncFolder(folder));
    for (const state of those) state.error = whole.error;
  }
  return states.map(({ error }) => error);
}

/** Moves a file to another folder, which is made if need be. False when none of the names was there. */
export async function moveFile(disk, { folder, names, lasting }) {
  await disk.makeFolder(folder);
  let moved = false;
  for (const [from, to] of names) moved = (await moveOnce(disk, from, to)) || moved;
  if (moved) for (const path of lasting) await disk.syncFolder(path);
  return moved;
}

/** Runs the step; the first that fails is what the whole has failed with. */
async function guarded(state, step) {
  try {
    await step();
  } catch (error) {
    state.error ??= error;
  }
}

/** Waits for both, also when one fails: nothing may be going on with a file that is closed. */
async function syncBoth({ file, beside }) {
  const results = await Promise.allSettled([file, beside].map(async (one) => one.sync()));
  for (const { status, reason } of results) if (status === 'rejected') throw reason;
}

async function writeAll(file, bytes) {
  for (let at = 0; at < bytes.length; ) at += await file.write(bytes.subarray(at), at);
}

async function createAnew(disk, path) {
  try {
    return await disk.create(path);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    await disk.remove(path);
    return disk.create(path);
  }
}

async function moveOnce(disk, from, to) {
  try {
    await disk.rename(from, to);
    return true;
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}
