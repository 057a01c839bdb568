import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Medium } from './sftp-result.ts';

/** The folders and files of one measurement. */
export interface WorkFolder {
  /** What both receive goes below it. */
  readonly received: string;
  /** Private key with which the client logs in to both, its public half beside it as one line. */
  readonly key: string;
  readonly publicKey: string;
  /** One file of 1 GiB. */
  readonly large: string;
  /** 2,000 files of 20 KiB. */
  readonly small: readonly string[];
  remove(): Promise<void>;
}

const memory = '/dev/shm';
const smallFiles = 2_000;
const smallBytes = 20 * 1024;
const largeBytes = 2 ** 30;

/** Makes the folders, a key and the files to send. What is sent is read from memory in any case. */
export async function makeWorkFolder(medium: Medium): Promise<WorkFolder> {
  if (!existsSync(memory)) throw new Error(`${memory} is missing: the files to send are kept in memory, and so is what is received unless --medium disk.`);
  const sent = await mkdtemp(join(memory, 'rosterport-bench-'));
  const received = medium === 'memory' ? join(sent, 'received') : await mkdtemp(join(tmpdir(), 'rosterport-bench-'));
  const remove = async (): Promise<void> => {
    for (const folder of [sent, received]) await rm(folder, { recursive: true, force: true });
  };
  try {
    await mkdir(received, { recursive: true });
    // The embedded PostgreSQL works below it as another user.
    for (const folder of [sent, received]) await chmod(folder, 0o711);
    const key = join(sent, 'key');
    await promisify(execFile)('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    const publicKey = (await readFile(`${key}.pub`, 'utf8')).trim();
    return { received, key, publicKey, ...(await writeFiles(sent)), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function writeFiles(folder: string): Promise<Pick<WorkFolder, 'large' | 'small'>> {
  const large = join(folder, 'large.csv');
  const piece = randomBytes(2 ** 20);
  await writeFile(large, Array.from({ length: largeBytes / piece.length }, () => piece));
  const small: string[] = [];
  await mkdir(join(folder, 'small'));
  for (let at = 0; at < smallFiles; at += 1) {
    const path = join(folder, 'small', `file-${String(at).padStart(4, '0')}.csv`);
    await writeFile(path, randomBytes(smallBytes));
    small.push(path);
  }
  return { large, small };
}
