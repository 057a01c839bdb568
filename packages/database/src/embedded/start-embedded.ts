import { spawn } from 'node:child_process';
import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { installBinaries, type Binaries } from './binaries.ts';
import { folderFailure } from './file-error.ts';
import { initialise } from './initialise.ts';
import { launch, type Launched } from './launch.ts';
import { clearLeftovers } from './leftovers.ts';
import type { Log } from './log.ts';
import { requireSecret, serverUrl } from './secret.ts';
import type { ServerSettings } from './server-settings.ts';
import { serverUser } from './server-user.ts';
import { watch } from './watchdog.ts';

/** What {@link startEmbedded} needs. */
export interface EmbeddedOptions {
  /** Holds everything of the server: `data`, `secret`, `postgres.log`, and `binaries-…` unless we are root. Made when missing. */
  readonly folder: string;
  readonly log: Log;
  /** Settings of `postgresql.conf` that outrank ours. */
  readonly extraSettings?: ServerSettings;
}

/** A running embedded PostgreSQL. */
export interface Embedded {
  /** With the password in it: a secret. */
  readonly url: string;
  readonly pid: number;
  /** Fulfils when the server has ended, stopped or not. */
  readonly exited: Promise<void>;
  /** Stops it: open transactions are rolled back, everything committed is on disk. Fulfils when it has ended. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that comes with the product, on a folder of its own and on a free port of 127.0.0.1; the first start
 * makes the data. A server or files that a killed run left behind are cleared first, so **one process only** may call this
 * for a folder at a time: hold the data folder's lock. The server ends with our process, however that ends.
 *
 * Works as root (the server then runs as another user) and as an ordinary user. Fails with `dataFolderUnusable`,
 * `storageFull`, `platformUnsupported` or `databaseBroken`. Linux is tested; macOS and Windows are not.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  try {
    return await start(options);
  } catch (error) {
    throw folderFailure(error, options.folder);
  }
}

async function start({ folder: given, log, extraSettings }: EmbeddedOptions): Promise<Embedded> {
  await mkdir(given, { recursive: true, mode: 0o700 });
  const folder = await realpath(given);
  const data = join(folder, 'data');
  const user = await serverUser(data);
  const binaries = await installBinaries(folder, user !== null);
  if (await initialise({ folder, binaries, user })) {
    log('Made a new PostgreSQL data folder', { version: binaries.version });
  }
  await clearLeftovers(data, log);
  const secret = await requireSecret(folder);
  const launched = await launch({ folder, binaries, user, settings: extraSettings ?? {} });
  const callOff = watch(launched.pid, user);
  const exited = launched.exited.then(callOff);
  log('The embedded PostgreSQL runs', { pid: launched.pid, port: launched.port, version: binaries.version });
  return {
    url: serverUrl(launched.port, secret),
    pid: launched.pid,
    exited,
    stop: () => stop(launched, { binaries, data, exited }),
  };
}

/** Asked first, and after a minute told to drop everything, which the next start repairs. */
async function stop(launched: Launched, about: { binaries: Binaries; data: string; exited: Promise<void> }): Promise<void> {
  if (process.platform === 'win32') {
    spawn(join(about.binaries.bin, 'pg_ctl'), ['stop', '-m', 'fast', '-D', about.data], { windowsHide: true });
  } else {
    launched.child.kill('SIGINT');
  }
  const impatience = new AbortController();
  const force = pause(60_000, undefined, { signal: impatience.signal }).then(
    () => launched.child.kill('SIGQUIT'),
    () => false,
  );
  await about.exited;
  impatience.abort();
  await force;
}
