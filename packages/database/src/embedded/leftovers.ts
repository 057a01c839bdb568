import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '@rosterport/domain';
import type { Log } from './log.ts';
import { isServerOn, readPostmasterFile } from './postmaster-file.ts';

const patienceMs = 30_000;

/**
 * Clears what an earlier run left in the data folder when it was killed: a server that still runs is stopped (first asked,
 * after half a minute killed), and its pid file is removed.
 */
export async function clearLeftovers(data: string, log: Log): Promise<void> {
  const left = await readPostmasterFile(data);
  if (left !== null && (await isServerOn(data, left.pid))) {
    log('Stopping the PostgreSQL that an earlier run left behind', { pid: left.pid });
    await stopForeign(data, left.pid);
  }
  await rm(join(data, 'postmaster.pid'), { force: true });
}

async function stopForeign(data: string, pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    send(pid, signal);
    if (await isGone(data, pid)) {
      return;
    }
  }
  throw new Failure('databaseBroken', { values: { problem: `an older one (process ${pid}) does not end` } });
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}

async function isGone(data: string, pid: number): Promise<boolean> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await pause(50)) {
    if (!(await isServerOn(data, pid))) {
      return true;
    }
  }
  return false;
}
