import { fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Gateway } from './gateway.ts';

/** What the process with the idle clients is to open. */
export interface IdleTask {
  readonly port: number;
  readonly user: string;
  /** Path of the private key. */
  readonly key: string;
  readonly sessions: number;
}

/** How many sessions are held. */
export const idleSessions = 2_000;
const restMs = 3_000;

const program = fileURLToPath(new URL('./idle-process.js', import.meta.url));

/** Opens the idle sessions and gives what they add to the memory of the gateway's process, in MiB. */
export async function measureIdle(gateway: Gateway, key: string): Promise<number> {
  const before = await proportionalMiB(gateway.pid);
  const child = fork(program, { stdio: ['ignore', 2, 2, 'ipc'] });
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('exit', () => reject(new Error('The idle sessions could not be opened.')));
      const task: IdleTask = { port: gateway.port, user: gateway.user, key, sessions: idleSessions };
      child.send(task);
    });
    await pause(restMs);
    return (await proportionalMiB(gateway.pid)) - before;
  } finally {
    if (child.connected) child.disconnect();
    await exit;
  }
}

/** Memory of a process, with its share of what it has in common with others. */
async function proportionalMiB(pid: number): Promise<number> {
  const [, kib] = /^Pss:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}
