import { describe, expect, test } from '@jest/globals';
import semver from 'semver';
import { parse } from 'yaml';
import { installedManifests, lockfile, productionPackages } from './lockfile.ts';
import { files, textOf } from './repository.ts';
import { rooms } from './rooms.ts';
import { packages, type Manifest } from './workspace.ts';

/** The oldest Node that is promised. */
const oldestNode = '20.19.0';

/** What may be shipped to customers without asking a lawyer. */
const permissive = ['MIT', 'MIT-0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'PostgreSQL', 'Zlib', 'Unlicense', 'BlueOak-1.0.0', 'CC0-1.0', 'Python-2.0'];

/** Licences that a manifest leaves out or names in words of its own. Both come with exceljs. */
const licencesReadByUs: Readonly<Record<string, string>> = {
  // This version names none; the read-me that its author wrote after it says MIT.
  'buffers@0.1.1': 'MIT',
  // "MIT/X11": the licence of the X Consortium, which SPDX calls MIT.
  'chainsaw@0.1.0': 'MIT',
};

const installed = installedManifests();

describe.each(packages)('the manifest of "$folder"', ({ folder, manifest }) => {
  test('has the form of the house', () => {
    const name = folder === '' ? 'rosterport' : `@rosterport/${folder.replace(/^.*\//, '')}`;
    expect(manifest).toMatchObject({ name, private: true, license: 'Apache-2.0', type: 'module', version: packages[0]?.manifest.version });
    expect(manifest.engines).toEqual({ node: `>=${oldestNode}` });
  });

  // `source` runs tests without a build; `types` comes before `default`, since the first that fits is taken.
  // Only what tests alone use may have no index: nobody imports it.
  test('leads to the index, in source and as built', () => {
    const hasIndex = files.includes(`${folder}/src/index.ts`);
    if (rooms.some((room) => room.folder === folder && !room.testsOnly)) expect(hasIndex).toBe(true);
    const exports = { '.': { source: './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' } };
    expect(manifest.exports).toEqual(hasIndex ? exports : undefined);
    if (hasIndex) expect(Object.keys((manifest.exports as typeof exports)['.'])).toEqual(['source', 'types', 'default']);
  });

  // One version of everything, in one place.
  test('takes versions from the catalog and packages from the workspace', () => {
    const named = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
    const expected = Object.keys(named).map((name) => [name, name.startsWith('@rosterport/') ? 'workspace:*' : 'catalog:']);
    expect(Object.entries(named)).toEqual(expected);
    expect(manifest.peerDependencies).toBeUndefined();
  });
});

test('the catalog names exact versions, each of which some manifest takes', () => {
  const { catalog } = parse(textOf('pnpm-workspace.yaml') ?? '') as { catalog: Record<string, string> };
  expect(Object.entries(catalog).filter(([, version]) => semver.valid(version) !== version)).toEqual([]);
  const taken = new Set(packages.flatMap(({ manifest: { dependencies, devDependencies, optionalDependencies } }) => Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })));
  expect(Object.keys(catalog).filter((name) => !taken.has(name))).toEqual([]);
});

describe('what is installed', () => {
  test('is what the lockfile names', () => {
    expect(installed.size).toBeGreaterThan(300);
    expect(installed.size).toBeLessThanOrEqual(Object.keys(lockfile.packages).length);
  });

  test(`runs on Node ${oldestNode}`, () => {
    const wanted = [
      ...[...installed].map(([key, { engines }]) => [key, engines?.node] as const),
      // Packages of other platforms are locked, though not installed here.
      ...Object.entries(lockfile.packages).map(([key, { engines }]) => [key, engines?.node] as const),
    ];
    expect(wanted.filter(([, range]) => range !== undefined).length).toBeGreaterThan(300);
    expect(wanted.filter(([, range]) => range !== undefined && !accepts(range))).toEqual([]);
  });

  test('may be shipped with the product', () => {
    const product = rooms.filter((room) => !room.testsOnly).map(({ folder }) => folder);
    const shipped = [...productionPackages(product)].flatMap((key) => {
      const manifest = installed.get(key);
      return manifest === undefined ? [] : [[key, licenceOf(key, manifest)] as const];
    });
    expect(shipped.length).toBeGreaterThan(100);
    expect(shipped.filter(([, licence]) => !isPermissive(licence))).toEqual([]);
    expect(Object.keys(licencesReadByUs).filter((key) => !installed.has(key))).toEqual([]);
  });
});

describe('the checks above', () => {
  test.each([
    ['>=18', true],
    ['>= 14.6', true],
    ['^20.19.0 || ^22.12.0 || >=24', true],
    ['>=20.19.1', false],
    ['>=22', false],
    ['^18 || ^22', false],
  ])('engines %s: %s', (range, expected) => {
    expect(accepts(range)).toBe(expected);
  });

  test.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['(MIT AND Zlib)', true],
    ['(MIT AND GPL-3.0)', false],
    ['GPL-3.0', false],
    ['SEE LICENSE IN LICENSE.md', false],
    ['', false],
  ])('licence %s: %s', (licence, expected) => {
    expect(isPermissive(licence)).toBe(expected);
  });
});

function accepts(range: string): boolean {
  return semver.satisfies(oldestNode, range);
}

/** Older manifests hold an object, or a list of them, of which one may be chosen. */
function licenceOf(key: string, { license, licenses }: Manifest): string {
  const own = licencesReadByUs[key];
  if (own !== undefined) return own;
  const named = [license ?? licenses ?? []].flat() as readonly (string | { readonly type?: string })[];
  return named.map((one) => (typeof one === 'string' ? one : (one.type ?? ''))).join(' OR ');
}

/** Reads the two words that SPDX expressions join licences with; AND binds tighter than OR. */
function isPermissive(expression: string): boolean {
  const words = expression.replace(/^\((.*)\)$/, '$1');
  return words.split(' OR ').some((choice) => choice.split(' AND ').every((licence) => permissive.includes(licence)));
}
