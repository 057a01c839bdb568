import { describe, expect, test } from '@jest/globals';
import { temporaryFolder } from '@rosterport/testing';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureHostKeys } from './host-keys.ts';

const folder = temporaryFolder();

describe('the host keys', () => {
  test('are made once and kept', async () => {
    const path = join(folder, 'ssh');
    const made = await ensureHostKeys(path);
    expect(made.keys).toHaveLength(2);
    expect(made.fingerprints).toEqual([
      { type: 'ssh-ed25519', sha256: expect.stringMatching(/^SHA256:[A-Za-z0-9+/]{43}$/) },
      { type: 'ecdsa-sha2-nistp256', sha256: expect.stringMatching(/^SHA256:[A-Za-z0-9+/]{43}$/) },
    ]);
    expect(await ensureHostKeys(path)).toEqual(made);
    expect((await readdir(path)).sort()).toEqual(['ssh_host_ecdsa_key', 'ssh_host_ed25519_key']);
  });

  test('can be read by nobody else', async () => {
    const path = join(folder, 'private');
    await ensureHostKeys(path);
    for (const name of await readdir(path)) expect((await stat(join(path, name))).mode & 0o777).toBe(0o600);
  });

  test('that are damaged are named and not replaced', async () => {
    const path = join(folder, 'damaged');
    await ensureHostKeys(path);
    const file = join(path, 'ssh_host_ed25519_key');
    await writeFile(file, 'nonsense');
    await expect(ensureHostKeys(path)).rejects.toMatchObject({
      code: 'hostKeyInvalid',
      message: `The SSH host key in ${file} cannot be used.`,
    });
  });

  test('need a folder', async () => {
    const path = join(folder, 'file');
    await writeFile(path, '');
    await expect(ensureHostKeys(path)).rejects.toMatchObject({ code: 'dataFolderUnusable' });
  });
});
