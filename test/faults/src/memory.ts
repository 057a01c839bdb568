import { readFile } from 'node:fs/promises';

/** What a process holds in memory, in MiB; `null` where the system does not tell (it does on Linux). */
export async function memoryMiB(pid: number): Promise<number | null> {
  try {
    const found = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'));
    return found === null ? null : Number(found[1]) / 1024;
  } catch {
    return null;
  }
}
