import { posix } from 'node:path';
import { files, jsonOf } from './repository.ts';

/** A package.json, as far as it is looked at. */
export interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly license?: unknown;
  readonly licenses?: unknown;
  readonly type?: string;
  readonly exports?: unknown;
  readonly engines?: { readonly node?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A package of the workspace. */
export interface Package {
  /** Its folder; `''` for the root. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** The packages of the workspace, the root among them. */
export const packages: readonly Package[] = files
  .filter((path) => /^(?:(?:packages|services|test)\/[^/]+\/)?package\.json$/.test(path))
  .map((path) => ({ folder: posix.dirname(path).replace(/^\.$/, ''), manifest: jsonOf(path) as Manifest }));

/** What is installed where the product runs: `dependencies` and `optionalDependencies`. */
export function productDependencies({ manifest }: Package): readonly string[] {
  return [...Object.keys(manifest.dependencies ?? {}), ...Object.keys(manifest.optionalDependencies ?? {})];
}

/** Everything that the manifest names. */
export function allDependencies(from: Package): readonly string[] {
  return [...productDependencies(from), ...Object.keys(from.manifest.devDependencies ?? {})];
}

/** Those that are packages of this workspace. */
export function ours(names: readonly string[]): readonly string[] {
  return names.filter((name) => name.startsWith('@rosterport/')).sort();
}
