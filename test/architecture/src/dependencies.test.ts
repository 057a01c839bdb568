import { posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { importsOf, packageOf } from './imports.ts';
import { jsonOf } from './repository.ts';
import { rooms } from './rooms.ts';
import { nodesOf, sourceFiles, type SourceFile } from './source-file.ts';
import { allDependencies, ours, packages, productDependencies, type Package } from './workspace.ts';

const rest = packages.filter(({ folder }) => folder !== '');
const testRooms = new Set(rooms.filter((room) => room.testsOnly).map(({ folder }) => folder));

/** What the root installs for all tests and all types; a package need not name it again. */
const everywhere = Object.keys(packages.find(({ folder }) => folder === '')?.manifest.devDependencies ?? {});

/** Dependencies that no import shows, with the reason. */
const unseen: Readonly<Record<string, string>> = {
  '@rosterport/tooling @swc/core': '@swc/jest loads it and leaves the version to us',
  '@rosterport/tooling eslint': 'typescript-eslint loads it and leaves the version to us',
};

describe.each(rest)('$manifest.name', (from) => {
  const { folder, manifest } = from;
  const sources = sourceFiles.filter(({ room }) => room === folder);
  const built = sources.filter((file) => isBuilt(from, file));

  // Whoever installs the product gets `dependencies` only.
  test('declares as a dependency what its product imports', () => {
    const declared = [...productDependencies(from), ...(testRooms.has(folder) ? everywhere : [])];
    expect(undeclared(built.filter(({ isTest }) => !isTest), declared)).toEqual([]);
  });

  test('declares what its tests import', () => {
    expect(undeclared(sources, [...allDependencies(from), ...everywhere])).toEqual([]);
  });

  test('declares nothing that it does not use', () => {
    const used = new Set(sources.flatMap(mentioned));
    const unused = allDependencies(from).filter((name) => !isUsed(name, used, from) && unseen[`${manifest.name} ${name}`] === undefined);
    expect(unused).toEqual([]);
  });

  // A product that carries what only its tests need is larger, and open to more faults of others.
  test('keeps what only tests use among the development dependencies', () => {
    if (testRooms.has(folder)) return;
    const used = new Set(sources.filter(({ isTest }) => !isTest).flatMap(mentioned));
    expect(productDependencies(from).filter((name) => !isUsed(name, used, from))).toEqual([]);
  });

  test('builds after the packages that it depends on, and without its tests', () => {
    if (folder === 'packages/tooling') return;
    const settings = jsonOf(`${folder}/tsconfig.json`) as { references: { path: string }[] };
    const references = settings.references.map(({ path }) => `@rosterport/${posix.basename(path)}`).sort();
    expect(references).toEqual(ours(productDependencies(from)));
    for (const { path } of settings.references) expect(rest.map((one) => one.folder)).toContain(posix.join(folder, path));
    expect(built.filter(({ path, isTest }) => isTest && path.endsWith('.ts')).map(({ path }) => path)).toEqual([]);
  });
});

/** True for what the build or the product takes: sources outside the `exclude` of tsconfig.json, workers and start scripts. */
function isBuilt({ folder }: Package, { path }: SourceFile): boolean {
  const inside = path.slice(folder.length + 1);
  if (/^(?:worker|bin)\//.test(inside)) return true;
  if (!inside.startsWith('src/') || folder === 'packages/tooling') return false;
  const { exclude = [] } = jsonOf(`${folder}/tsconfig.json`) as { exclude?: string[] };
  return !exclude.some((pattern) => matches(inside, pattern));
}

/** The globs of `exclude` that we use: `*` within a name, `**` over folders. */
function matches(path: string, glob: string): boolean {
  const pattern = glob.replace(/[.+]/g, '\\$&').replace(/\*\*\/|\*\*|\*/g, (stars) => (stars === '*' ? '[^/]*' : stars === '**' ? '.*' : '(?:.*/)?'));
  return new RegExp(`^${pattern}$`).test(path);
}

function undeclared(from: readonly SourceFile[], declared: readonly string[]): string[] {
  return from.flatMap((file) =>
    importsOf(file).flatMap(({ specifier, place }) => {
      const name = packageOf(specifier);
      return name === null || declared.includes(name) ? [] : [`${place} ${name}`];
    }),
  );
}

/** Every text of a file, since packages are also named by `resolve(…)`; of a template its beginning, with `…` for the rest. */
function mentioned(file: SourceFile): string[] {
  return [...nodesOf(file.tree)].flatMap((node) => {
    if (ts.isStringLiteralLike(node)) return [packageOf(node.text) ?? ''];
    return ts.isTemplateHead(node) && node.text.startsWith('@') ? [`${node.text}…`] : [];
  });
}

function isUsed(name: string, used: ReadonlySet<string>, from: Package): boolean {
  if (used.has(name)) return true;
  if (name.startsWith('@types/')) return allDependencies(from).includes(name.slice('@types/'.length));
  return [...used].some((text) => text.endsWith('…') && name.startsWith(text.slice(0, -1)));
}
