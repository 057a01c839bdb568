import { readFile } from 'node:fs/promises';
import { errorCode } from './disk-failure.ts';
import type { Disk, DiskFile } from './disk.ts';

/** JSON for a file, in lines that people can read. */
export function jsonText(content: unknown): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** Writes the content as JSON to a new file, in place of one that is there, and resolves when it is on the medium. */
export async function writeJson(disk: Disk, path: string, content: unknown): Promise<void> {
  const bytes = new TextEncoder().encode(jsonText(content));
  const file = await createAnew(disk, path);
  try {
    for (let at = 0; at < bytes.length; ) at += await file.write(bytes.subarray(at), at);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function createAnew(disk: Disk, path: string): Promise<DiskFile> {
  try {
    return await disk.create(path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    await disk.remove(path);
    return disk.create(path);
  }
}

/** What a file of JSON holds, once `isSound` has let it pass: `'missing'` when there is none, `'unreadable'` when it is none of ours. */
export async function readJson<Content extends object>(
  path: string,
  isSound: (content: unknown) => content is Content,
): Promise<Content | 'missing' | 'unreadable'> {
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isSound(content) ? content : 'unreadable';
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'missing';
    if (error instanceof SyntaxError) return 'unreadable';
    throw error;
  }
}
