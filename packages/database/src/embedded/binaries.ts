import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { binaryPackage, type BinaryPackage } from './binary-package.ts';
import { isMissing } from './file-error.ts';
import { readablePlace } from './readable-place.ts';

/** PostgreSQL's programs, ready to run. */
export interface Binaries {
  readonly version: string;
  /** The folder of `initdb` and `postgres`. */
  readonly bin: string;
}

/**
 * Copies the programs once for each version, about 60 MB, and adds the library links that npm leaves out. They go into the
 * data folder, or as root to a place that the server's user can read (see `readable-place.ts`). A copy appears whole or not
 * at all.
 */
export async function installBinaries(folder: string, asRoot: boolean): Promise<Binaries> {
  const origin = await binaryPackage();
  const place = asRoot ? await readablePlace() : folder;
  const target = join(place, `binaries-${origin.version}`);
  if (!(await exists(target))) {
    await dropPartials(place, asRoot ? 3_600_000 : 0);
    const partial = join(place, `binaries-${randomBytes(6).toString('hex')}.partial`);
    await copyAll(origin, partial);
    await rename(partial, target).catch(async (error: unknown) => {
      await rm(partial, { recursive: true, force: true });
      if (!(await exists(target))) {
        throw error;
      }
    });
  }
  return { version: origin.version, bin: join(target, 'bin') };
}

async function copyAll(origin: BinaryPackage, target: string): Promise<void> {
  await copyFolder(origin.native, target);
  for (const { source, target: link } of origin.links) {
    const path = join(target, link.replace(/^native\//, ''));
    await symlink(basename(source), path).catch((error: unknown) => {
      // A package whose install script ran carries the link already.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
    });
  }
}

/** Modes are set, not kept: how the packages were installed must not matter. Static libraries are for compilers. */
async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o755 });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) {
      await copyFolder(source, target);
    } else if (!entry.name.endsWith('.a')) {
      await copyFile(source, target, constants.COPYFILE_FICLONE);
      await chmod(target, basename(from) === 'bin' ? 0o755 : 0o644);
    }
  }
}

/** What a killed start left. A place that several processes share may hold a copy that is being made, so there it must be old. */
async function dropPartials(place: string, milliseconds: number): Promise<void> {
  for (const name of await readdir(place)) {
    if (/^binaries-[0-9a-f]+\.partial$/.test(name)) {
      const path = join(place, name);
      const touched = (await stat(path).catch(() => null))?.mtimeMs ?? Infinity;
      if (Date.now() - touched >= milliseconds) {
        await rm(path, { recursive: true, force: true });
      }
    }
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) {
      return false;
    }
    throw error;
  }
}
