import { createHash, type Hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The rooms that decide what a row means, each with the library whose data it decides by. */
const rooms = [
  { name: '@rosterport/domain', library: null },
  { name: '@rosterport/formats', library: 'papaparse' },
  { name: '@rosterport/rules', library: 'libphonenumber-js' },
  { name: '@rosterport/directory', library: null },
  { name: '@rosterport/database', library: null },
] as const;

/** Where rows are led from one room to the next, and ids of known ones are cleaned. */
const ownFolder = dirname(fileURLToPath(import.meta.url));

/** Whatever Node knows of letters, cases and languages. */
const { node, unicode, icu, cldr } = process.versions;

const resolve = createRequire(import.meta.url).resolve;
let version: Promise<string> | undefined;

/**
 * A text that is another whenever the code, the library data or the Unicode tables are by which rows are read, judged and
 * compared. Read from the program's own files, since no number that people raise is raised every time.
 */
export function codeVersion(): Promise<string> {
  return (version ??= readVersion());
}

async function readVersion(): Promise<string> {
  const hash = createHash('sha256').update([node, unicode, icu, cldr].join(' '));
  await addFolder(hash, ownFolder);
  for (const { name, library } of rooms) {
    const folder = dirname(resolve(name));
    await addFolder(hash, folder);
    if (library !== null) hash.update(await readFile(await manifestOf(library, folder)));
  }
  return hash.digest('hex');
}

async function addFolder(hash: Hash, folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await addFolder(hash, path);
    else if (/(?<!\.d|\.test)\.[jt]s$/.test(entry.name)) hash.update(entry.name).update(await readFile(path));
  }
}

/** Looks for the library as Node does: in the folder, then in those above it. */
async function manifestOf(library: string, folder: string): Promise<string> {
  const path = join(folder, 'node_modules', library, 'package.json');
  const isThere = await readFile(path).then(
    () => true,
    () => false,
  );
  if (isThere) return path;
  if (dirname(folder) === folder) throw new TypeError(`The manifest of ${library} is missing.`);
  return manifestOf(library, dirname(folder));
}
