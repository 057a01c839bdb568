import { spawn } from 'node:child_process';
import type { ServerUser } from './server-user.ts';

/**
 * Stops the server when our process ends in whatever way, SIGKILL included: a shell waits on a pipe that closes with us, then
 * asks the server for a fast shutdown. Returns what calls the shell off. Where there is no shell nothing watches, and the
 * next start finds the server and stops it.
 */
export function watch(pid: number, user: ServerUser | null): () => void {
  if (process.platform === 'win32') {
    return () => undefined;
  }
  const child = spawn('/bin/sh', ['-c', 'while read -r line; do :; done; kill -INT "$1"', 'watchdog', String(pid)], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    ...(user ?? {}),
  });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  return () => {
    child.kill('SIGKILL');
    child.stdin.destroy();
  };
}
