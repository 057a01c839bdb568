import { Failure, isFailure } from '@rosterport/domain';
import { fingerprintOf } from '@rosterport/access';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { soundKeyPair } from './sound-key.ts';

/** What a person compares at the first connection. */
export interface HostKeyFingerprint {
  /** The type as SSH names it, such as `ssh-ed25519`. */
  readonly type: string;
  /** `SHA256:…`, as OpenSSH shows it. */
  readonly sha256: string;
}

/** The private host keys and their fingerprints, in the same order. */
export interface HostKeys {
  readonly keys: string[];
  readonly fingerprints: HostKeyFingerprint[];
}

const wanted = [
  { file: 'ssh_host_ed25519_key', type: 'ssh-ed25519', make: () => soundKeyPair(() => ssh2.utils.generateKeyPairSync('ed25519')) },
  { file: 'ssh_host_ecdsa_key', type: 'ecdsa-sha2-nistp256', make: () => ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 }) },
] as const;

/**
 * The host keys in the folder, which are made at the first start and kept afterwards: clients refuse a server whose keys have
 * changed. RSA is left out, since with it ssh2 would always offer SHA-1 too. One process calls it at a time. Fails with
 * `hostKeyInvalid` when a file holds no key of its type, and with `dataFolderUnusable` when a file cannot be read or made.
 */
export async function ensureHostKeys(folder: string): Promise<HostKeys> {
  const keys: string[] = [];
  const fingerprints: HostKeyFingerprint[] = [];
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const { file, type, make } of wanted) {
      const path = join(folder, file);
      const key = (await readKey(path)) ?? (await writeKey(path, make().private));
      keys.push(key);
      fingerprints.push({ type, sha256: fingerprintIn(key, { file: path, type }) });
    }
  } catch (error) {
    throw isFailure(error) ? error : new Failure('dataFolderUnusable', { values: { folder }, cause: error });
  }
  return { keys, fingerprints };
}

async function readKey(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The name appears only when all of the key is on the medium: half a key would keep every later start from working. */
async function writeKey(path: string, key: string): Promise<string> {
  const unfinished = `${path}.new`;
  await rm(unfinished, { force: true });
  const file = await open(unfinished, 'wx', 0o600);
  try {
    await file.writeFile(key);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
  return key;
}

function fingerprintIn(text: string, { file, type }: { readonly file: string; readonly type: string }): string {
  const key = ssh2.utils.parseKey(text);
  if (key instanceof Error || !key.isPrivateKey() || key.type !== type) throw new Failure('hostKeyInvalid', { values: { file } });
  return fingerprintOf(key.getPublicSSH());
}
