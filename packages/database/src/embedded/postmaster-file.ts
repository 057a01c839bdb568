import { execFile } from 'node:child_process';
import { readFile, readlink, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { isMissing } from './file-error.ts';

/** What a running server writes about itself into its data folder. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  /** True when it takes connections. */
  readonly ready: boolean;
}

/** Reads `postmaster.pid`; null when there is none, or it is not written to its end yet. */
export async function readPostmasterFile(data: string): Promise<PostmasterFile | null> {
  try {
    const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n').map((line) => line.trim());
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3]), ready: lines[7] === 'ready' } : null;
  } catch (error) {
    if (isMissing(error)) {
      return null;
    }
    throw error;
  }
}

/**
 * True when the process is a PostgreSQL on this data folder. A number alone proves nothing: after a restart of the machine it
 * may be anybody's.
 */
export async function isServerOn(data: string, pid: number): Promise<boolean> {
  if (process.platform === 'linux') {
    return await linksTo(data, pid);
  }
  if (process.platform === 'win32') {
    return answersSignals(pid);
  }
  try {
    const { stdout } = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'command=']);
    return stdout.includes('postgres') && stdout.includes(data);
  } catch {
    return false;
  }
}

async function linksTo(data: string, pid: number): Promise<boolean> {
  try {
    const [program, folder] = await Promise.all([readlink(`/proc/${pid}/exe`), readlink(`/proc/${pid}/cwd`)]);
    return /^postgres\b/.test(basename(program)) && folder === (await realpath(data));
  } catch {
    return false;
  }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
