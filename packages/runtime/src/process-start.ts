import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * A text that tells the process with this id from every other one that had or will have the same id, as far as the
 * system says when a process began; `null` when no such process runs. Where the system does not say (Windows), the text
 * is the same for every process.
 */
export async function processStart(pid: number): Promise<string | null> {
  if (!isThere(pid)) return null;
  switch (process.platform) {
    case 'linux':
      return linuxStart(pid);
    case 'win32':
      return 'running';
    default:
      return psStart(pid);
  }
}

/** Signal 0 asks only; EPERM means that the process is there and belongs to somebody else. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The boot and the clock tick at which the process began; see proc_pid_stat(5). A zombie runs no more. */
async function linuxStart(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
    // The name of the program stands in brackets and may itself hold brackets and spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(() => '');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : `${boot.trim()} ${fields[19] ?? ''}`;
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

async function psStart(pid: number): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], { env: { LC_ALL: 'C' } });
    return stdout.trim();
  } catch {
    return 'running';
  }
}
