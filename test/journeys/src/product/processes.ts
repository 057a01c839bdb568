import { existsSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { until } from './until.ts';

/** A process that belongs to a data folder. */
export interface OwnProcess {
  readonly pid: number;
  readonly command: string;
}

/**
 * The living processes of a data folder: those that work in it or were started with it. Always empty where there is no
 * `/proc`.
 */
export async function processesOf(dataDir: string): Promise<readonly OwnProcess[]> {
  if (!existsSync('/proc/self/environ')) return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => ownProcess(Number(pid), dataDir)));
  return found.flatMap((one) => one ?? []);
}

async function ownProcess(pid: number, dataDir: string): Promise<OwnProcess | null> {
  const folder = `/proc/${pid}`;
  // A process may go, or may be somebody else's.
  const text = (name: string): Promise<string> => readFile(join(folder, name), 'utf8').catch(() => '');
  const [command, environment] = await Promise.all([text('cmdline'), text('environ')]);
  const cwd = await readlink(join(folder, 'cwd')).catch(() => '');
  const isOwn = [command, environment, cwd].some((place) => place.includes(dataDir));
  return isOwn && pid !== process.pid ? { pid, command: command.replaceAll('\0', ' ').trim() } : null;
}

/** Waits until no process of the data folder is left. */
export async function untilNothingRuns(dataDir: string): Promise<void> {
  let left: readonly OwnProcess[] = [];
  await until('no process is left', async () => {
    left = await processesOf(dataDir);
    return left.length === 0;
  }).catch((error: unknown) => {
    throw new Error(`Still running: ${left.map(({ pid, command }) => `${pid} ${command}`).join('; ')}`, { cause: error });
  });
}

/** The pid and the port of the embedded server, as its own file says; `null` when it does not run. */
export async function embeddedServer(dataDir: string): Promise<{ pid: number; port: number } | null> {
  const lines = await readFile(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8').then(
    (text) => text.split('\n'),
    () => null,
  );
  return lines === null ? null : { pid: Number(lines[0]), port: Number(lines[3]) };
}

/** True when somebody listens on the port. */
export function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
