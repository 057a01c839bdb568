import { readFile } from 'node:fs/promises';

/** What Linux counts processor time in, on every machine that Node runs on. */
const ticksPerSecond = 100;

/**
 * The processor time that a server and its children have taken so far, in seconds, with that of children which have ended.
 * NaN where the system does not tell: it is Linux that does.
 */
export async function serverCpuSeconds(pid: number): Promise<number> {
  if (process.platform !== 'linux') return Number.NaN;
  for (;;) {
    const before = await childrenOf(pid);
    const ticks = (await Promise.all([ticksOf(pid, 4), ...before.map((child) => ticksOf(child, 2))])).reduce((sum, each) => sum + each, 0);
    // A child that ended meanwhile would be missing, or be counted once more with its parent.
    if (String(await childrenOf(pid)) === String(before)) return ticks / ticksPerSecond;
  }
}

async function childrenOf(pid: number): Promise<readonly number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
}

/** Fields 14 to 17 of `proc(5)`: user and system time of the process, then of its children that have ended. */
async function ticksOf(pid: number, fields: 2 | 4): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const times = text.slice(text.lastIndexOf(')') + 2).split(' ').slice(11, 11 + fields);
  return times.reduce((sum, time) => sum + Number(time), 0);
}
