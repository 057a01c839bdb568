import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '@rosterport/domain';
import type { Binaries } from './binaries.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { openServerLog, type ServerLog } from './server-log.ts';
import { onData } from './server-process.ts';
import { serverSettings, settingArguments, type ServerSettings } from './server-settings.ts';
import type { ServerUser } from './server-user.ts';

/** What {@link launch} needs. */
export interface LaunchOptions {
  readonly folder: string;
  readonly binaries: Binaries;
  readonly user: ServerUser | null;
  readonly settings: ServerSettings;
}

/** A server that takes connections. */
export interface Launched {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly port: number;
  /** Fulfils when the process has ended. */
  readonly exited: Promise<void>;
}

/** After a crash the server first replays its log, which takes as long as it takes; this is for one that hangs. */
const patienceMs = 600_000;

/** What may be otherwise at the next try: our port was taken meanwhile, or children of a killed server are still going. */
const passing = /could not bind|could not create any TCP\/IP sockets|pre-existing shared memory block|lock file .* already exists/;

/** Starts the server on a free port and waits until it takes connections; five tries. Fails with `databaseBroken`. */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const log = await openServerLog(options.folder);
  try {
    for (let attempt = 1; ; attempt++) {
      const launched = spawnServer(options, await freePort(), log);
      if (await becomesReady(launched, join(options.folder, 'data'))) {
        return launched;
      }
      const written = await log.written();
      if (attempt === 5 || !passing.test(written)) {
        throw new Failure('databaseBroken', { values: { problem: reason(written) } });
      }
      await pause(500);
    }
  } finally {
    await log.file.close();
  }
}

/** In a session of its own: a terminal's Ctrl-C goes to us alone, and the server is stopped after the work that needs it. */
function spawnServer({ folder, binaries, user, settings }: LaunchOptions, port: number, log: ServerLog): Launched {
  const { data, options } = onData(join(folder, 'data'), user);
  const child = spawn(
    join(binaries.bin, 'postgres'),
    ['-D', data, '-p', String(port), ...settingArguments({ ...serverSettings, ...settings })],
    { ...options, detached: true, stdio: ['ignore', log.file.fd, log.file.fd] },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  return { child, pid: child.pid ?? 0, port, exited };
}

/** False when it ended before. */
async function becomesReady(launched: Launched, data: string): Promise<boolean> {
  let ended = launched.pid === 0;
  void launched.exited.then(() => (ended = true));
  for (const end = Date.now() + patienceMs; !ended; await pause(20)) {
    const file = await readPostmasterFile(data);
    if (file?.pid === launched.pid && file.ready) {
      return true;
    }
    if (Date.now() > end) {
      launched.child.kill('SIGKILL');
      throw new Failure('databaseBroken', { values: { problem: 'it was not ready after ten minutes' } });
    }
  }
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The server's last word on why it gave up. */
function reason(written: string): string {
  const lines = written.split('\n').filter((line) => /FATAL|PANIC|ERROR|error while loading/.test(line));
  return lines.at(-1)?.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '').trim() ?? 'it ended at once';
}
