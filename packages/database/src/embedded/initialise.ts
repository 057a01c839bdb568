import { spawn } from 'node:child_process';
import { chown, mkdir, open, readFile, rename, rm, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Failure } from '@rosterport/domain';
import type { Binaries } from './binaries.ts';
import { isMissing } from './file-error.ts';
import { provideSecret, role } from './secret.ts';
import { onData } from './server-process.ts';
import type { ServerUser } from './server-user.ts';

/** What {@link initialise} needs. */
export interface InitialiseOptions {
  readonly folder: string;
  readonly binaries: Binaries;
  readonly user: ServerUser | null;
}

/**
 * Makes `<folder>/data` when it is missing; it appears whole or not at all. Data of another major version and folders that
 * hold something else fail with `databaseBroken` and are left alone. Returns true when the data is new.
 */
export async function initialise(options: InitialiseOptions): Promise<boolean> {
  const data = join(options.folder, 'data');
  const major = options.binaries.version.split('.')[0] ?? '';
  const found = await majorVersion(data);
  if (found !== null) {
    if (found !== major) {
      throw broken(`its data was made by PostgreSQL ${found}, and this is PostgreSQL ${major}`);
    }
    return false;
  }
  const partial = join(options.folder, 'data.partial');
  await rm(partial, { recursive: true, force: true });
  await makeFor(options.user, partial);
  await runInitdb(options, partial);
  await rename(partial, data).catch((error: unknown) => {
    throw broken(`${data} exists and is not the data of a PostgreSQL`, error);
  });
  await syncFolder(options.folder);
  return true;
}

async function majorVersion(data: string): Promise<string | null> {
  try {
    return (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (isMissing(error)) {
      return null;
    }
    throw error;
  }
}

async function makeFor(user: ServerUser | null, path: string): Promise<void> {
  await mkdir(path, { mode: 0o700 });
  if (user !== null) {
    await chown(path, user.uid, user.gid);
  }
}

/** The builtin locale sorts by code point and knows the letters of all scripts, on every system alike. */
const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

async function runInitdb(options: InitialiseOptions, target: string): Promise<void> {
  const { data, options: surroundings } = onData(target, options.user);
  const password = await passwordFile(options);
  try {
    const given = process.platform === 'win32' ? join(options.folder, 'password.partial') : '/dev/fd/3';
    const child = spawn(
      join(options.binaries.bin, 'initdb'),
      ['-D', data, '-U', role, `--pwfile=${given}`, '--auth=scram-sha-256', ...locale],
      { ...surroundings, stdio: ['ignore', 'ignore', 'pipe', password.fd] },
    );
    const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
    const [code, complaint] = await Promise.all([ended.catch(notRunnable), child.stderr === null ? '' : text(child.stderr)]);
    if (code !== 0) {
      throw broken(complaint.trim().replace(/\s*\n\s*/g, ' ') || `initdb ended with ${code ?? 'a signal'}`);
    }
  } finally {
    await password.close();
    await unlink(join(options.folder, 'password.partial'));
  }
}

/** initdb reads the password from an open file: the server's user may not be let through to a path. */
async function passwordFile({ folder, user }: InitialiseOptions): Promise<FileHandle> {
  const path = join(folder, 'password.partial');
  await rm(path, { force: true });
  const file = await open(path, 'wx+', 0o600);
  if (user !== null) {
    await file.chown(user.uid, user.gid);
  }
  await file.writeFile(`${await provideSecret(folder)}\n`);
  return file;
}

/** The file is there, but its loader is not: a system with another C library than the programs were built for. */
function notRunnable(error: unknown): never {
  if (isMissing(error)) {
    const platform = `${process.platform}-${process.arch} with this C library`;
    throw new Failure('platformUnsupported', { values: { platform }, cause: error });
  }
  throw broken('initdb cannot be run', error);
}

function broken(problem: string, cause?: unknown): Failure {
  return new Failure('databaseBroken', { values: { problem }, cause });
}

/** Windows cannot open a folder. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform !== 'win32') {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  }
}
