import { withSftp, type Product } from '@rosterport/journeys';
import type { SFTPWrapper } from 'ssh2';
import { memoryMiB } from './memory.ts';

/** What another customer and the process felt of an attack. Times are of one STAT, there and back. */
export interface Felt {
  readonly beforeMs: number;
  readonly duringMs: number;
  readonly longestMs: number;
  /** How many STATs were answered while the attack went on. */
  readonly answered: number;
  /** How much the process grew, at its highest, in MiB; 0 where the system does not tell. */
  readonly grownMiB: number;
}

/** Runs an attack while another session works, prints what that session felt, and gives it. */
export async function feltBy(product: Product, what: string, attack: () => Promise<void>): Promise<Felt> {
  const pid = product.process.pid ?? 0;
  const memoryBefore = (await memoryMiB(pid)) ?? 0;
  const felt = await withSftp(product, async (sftp) => {
    const before: number[] = [];
    for (let at = 0; at < 20; at += 1) before.push(await statMs(sftp));
    const state = { isOver: false };
    const attacking = attack().finally(() => (state.isOver = true));
    // Its failure is heard below, and until then is no surprise.
    attacking.catch(() => undefined);
    const during: number[] = [];
    let highest = memoryBefore;
    while (!state.isOver) {
      during.push(await statMs(sftp));
      highest = Math.max(highest, (await memoryMiB(pid)) ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await attacking;
    return {
      beforeMs: median(before),
      duringMs: median(during),
      longestMs: Math.max(...during, 0),
      answered: during.length,
      grownMiB: highest - memoryBefore,
    };
  });
  const { beforeMs, duringMs, longestMs, grownMiB } = felt;
  const times = `another's STAT ${beforeMs.toFixed(1)} -> ${duringMs.toFixed(1)} ms, longest ${longestMs.toFixed(0)} ms`;
  process.stdout.write(`${what}: ${times}; memory ${memoryBefore.toFixed(0)} MiB and ${grownMiB.toFixed(0)} more\n`);
  return felt;
}

async function statMs(sftp: SFTPWrapper): Promise<number> {
  const began = performance.now();
  await new Promise<void>((resolve, reject) => sftp.stat('/incoming', (error) => (error === undefined ? resolve() : reject(error))));
  return performance.now() - began;
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
