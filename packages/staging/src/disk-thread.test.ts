import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Moving, Sealing } from '../worker/endings.mjs';
import { DiskThread } from './disk-thread.ts';
import { workFolder, type WorkFolder } from './test/work-folder.ts';

let work: WorkFolder;
beforeEach(async () => {
  work = await workFolder();
});
afterEach(() => work.clear());

function moving(name: string): Moving {
  const folder = join(work.path, 'kept');
  return { folder, names: [[join(work.path, name), join(folder, name)]], lasting: [folder] };
}

describe('a thread that works on the disk', () => {
  test('answers each request, tells errors with their codes, and ends after what it has in hand', async () => {
    const thread = new DiskThread<Moving, boolean>('movings');
    for (const name of ['a', 'b', 'c']) await writeFile(join(work.path, name), name);
    const asked = ['a', 'none', 'b'].map((name) => thread.call(moving(name)));
    expect(await Promise.all(asked)).toEqual([true, false, true]);
    await expect(thread.call({ ...moving('c'), lasting: [join(work.path, 'nowhere')] })).rejects.toMatchObject({ code: 'ENOENT' });
    expect(['a', 'b', 'c'].map((name) => existsSync(join(work.path, 'kept', name)))).toEqual([true, true, true]);
    const last = thread.call(moving('c'));
    await thread.close();
    expect(await last).toBe(false);
  });

  test('fails what it has in hand when it breaks, and is begun anew', async () => {
    const sealer = new DiskThread<Sealing<number> | null, void>('sealings');
    const path = join(work.path, 'draft');
    const unsound = { file: 1_000_000, place: path, bytes: null, draft: path, envelope: '{}', names: [], folder: work.path };
    const [broken, behind] = [sealer.call(null), sealer.call(unsound)];
    await expect(broken).rejects.toThrow('has ended');
    await expect(behind).rejects.toMatchObject({ code: 'EBADF' });
    await sealer.close();
  });
});
