import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, absolute. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

const ignored = readFileSync(join(root, '.gitignore'), 'utf8').split('\n').filter((line) => line !== '');

/**
 * Every file of the repository that is not ignored, as a path from its root with `/`, sorted. Walks the disk rather than
 * asking git: a new file is judged before it is committed, and git refuses to answer in a folder of another user.
 */
export const files: readonly string[] = walk('').sort();

/** The text of a file, or `null` when it is not text. */
export function textOf(path: string): string | null {
  const bytes = readFileSync(join(root, path));
  return bytes.includes(0) ? null : bytes.toString('utf8');
}

/** The JSON of a file. */
export function jsonOf(path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

function walk(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}${entry.name}`;
    if (entry.name === '.git' || isIgnored(entry.name, entry.isDirectory())) return [];
    if (entry.isDirectory()) return walk(`${path}/`);
    return entry.isFile() ? [path] : [];
  });
}

/** Knows the forms that our .gitignore uses: `folder/`, `*.ending` and a plain name. */
function isIgnored(name: string, isFolder: boolean): boolean {
  return ignored.some((line) => {
    if (line.endsWith('/')) return isFolder && name === line.slice(0, -1);
    return line.startsWith('*') ? name.endsWith(line.slice(1)) : name === line;
  });
}
