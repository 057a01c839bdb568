import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root, textOf } from './repository.ts';
import type { Manifest } from './workspace.ts';

interface Locked {
  readonly engines?: { readonly node?: string };
}

type Versions = Readonly<Record<string, string>>;

interface Snapshot {
  readonly dependencies?: Versions;
  readonly optionalDependencies?: Versions;
}

interface Importer {
  readonly dependencies?: Readonly<Record<string, { readonly version: string }>>;
  readonly optionalDependencies?: Readonly<Record<string, { readonly version: string }>>;
}

interface Lockfile {
  readonly importers: Readonly<Record<string, Importer>>;
  /** By `name@version`. */
  readonly packages: Readonly<Record<string, Locked>>;
  /** By `name@version`, with the versions of peers in brackets after it. */
  readonly snapshots: Readonly<Record<string, Snapshot>>;
}

/** pnpm-lock.yaml: every version of every package that an install brings. */
export const lockfile = parse(textOf('pnpm-lock.yaml') ?? '') as Lockfile;

/** The manifests of what is installed here, by `name@version`; those of the lockfile only, not leftovers of older installs. */
export function installedManifests(): ReadonlyMap<string, Manifest> {
  const store = join(root, 'node_modules/.pnpm');
  const found = new Map<string, Manifest>();
  for (const place of readdirSync(store).filter((name) => name.includes('@'))) {
    for (const name of packagesIn(join(store, place, 'node_modules'))) {
      const manifest = JSON.parse(readFileSync(join(store, place, 'node_modules', name, 'package.json'), 'utf8')) as Manifest;
      const key = `${name}@${manifest.version ?? ''}`;
      if (key in lockfile.packages) found.set(key, manifest);
    }
  }
  return found;
}

/** What the given packages of the workspace bring to a machine that installs them without their development dependencies. */
export function productionPackages(folders: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = folders.flatMap((folder) => {
    const { dependencies = {}, optionalDependencies = {} } = lockfile.importers[folder] ?? {};
    return Object.entries({ ...dependencies, ...optionalDependencies }).map(([name, { version }]) => keyOf(name, version));
  });
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (seen.has(key) || key.includes('@link:')) continue;
    seen.add(key);
    const { dependencies = {}, optionalDependencies = {} } = lockfile.snapshots[key] ?? {};
    waiting.push(...Object.entries({ ...dependencies, ...optionalDependencies }).map(([name, version]) => keyOf(name, version)));
  }
  return new Set([...seen].map((key) => key.replace(/\(.*$/, '')));
}

/** A version may be `name@version` itself, for a package that is installed under another name. */
function keyOf(name: string, version: string): string {
  return version in lockfile.snapshots ? version : `${name}@${version}`;
}

/** The packages that a folder really holds: what it depends on stands beside them as links. */
function packagesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory() || entry.name.startsWith('.')) return [];
    if (!entry.name.startsWith('@')) return [entry.name];
    const scoped = readdirSync(join(folder, entry.name), { withFileTypes: true });
    return scoped.filter((one) => one.isDirectory()).map((one) => `${entry.name}/${one.name}`);
  });
}
