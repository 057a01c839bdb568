import { loadavg } from 'node:os';
import { median } from '../median.ts';
import { openGateway, type Gateway } from './gateway.ts';
import { idleSessions, measureIdle } from './idle-sessions.ts';
import { openPeer, peerProblem } from './peer.ts';
import { timeWork, worksOf, type Work } from './races.ts';
import type { Contender } from './contender.ts';
import type { Race, RacedCase, SftpBenchOptions, SftpCase, SftpResult } from './sftp-result.ts';
import { makeWorkFolder, type WorkFolder } from './work-folder.ts';

/**
 * Measures the SFTP door against OpenSSH's own server, in turns, with the same client, key and cipher. Leaves no file, process
 * or database behind, also when the signal ends it early; then it rejects.
 */
export async function measureSftp(options: SftpBenchOptions, signal: AbortSignal): Promise<SftpResult> {
  const problem = peerProblem();
  if (problem !== null) throw new Error(problem);
  const before = loadavg()[0] ?? 0;
  const folder = await makeWorkFolder(options.medium);
  const open: Contender[] = [];
  try {
    const peer = await openPeer(folder, options.medium);
    open.push(peer);
    const gateway = await openGateway({ folder, connections: idleSessions + 100, profile: options.profile });
    open.push(gateway);
    const measured = await measureAll({ options, signal, folder, gateway, peer });
    return { ...measured, medium: options.medium, repeats: options.repeats, load: [before, loadavg()[0] ?? 0] };
  } finally {
    for (const contender of open) await contender.close();
    await folder.remove();
  }
}

interface Bench {
  readonly options: SftpBenchOptions;
  readonly signal: AbortSignal;
  readonly folder: WorkFolder;
  readonly gateway: Gateway;
  readonly peer: Contender;
}

async function measureAll(bench: Bench): Promise<Pick<SftpResult, 'races' | 'idleMiB' | 'loopDelayP99Ms'>> {
  const { options, folder, gateway } = bench;
  const works = worksOf(folder);
  const isAsked = (name: SftpCase): boolean => options.cases.includes(name);
  // First of all, so that the process has not grown by anything else.
  const idleMiB = isAsked('idle') ? { idleMiB: rounded(await measureIdle(gateway, folder.key)) } : {};
  for (const contender of [gateway, bench.peer]) await timeWork(contender, folder.key, works.warmUp);
  const races: Race[] = [];
  for (const name of ['bulk', 'small1', 'small50', 'handshakes'] as const) {
    if (isAsked(name)) races.push(await race(bench, name, works[name]));
  }
  const delay = isAsked('delay') ? { loopDelayP99Ms: await measureDelay(bench, works.small50) } : {};
  return { races, ...idleMiB, ...delay };
}

async function race({ options, signal, folder, gateway, peer }: Bench, name: RacedCase, work: Work): Promise<Race> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let run = 0; run < options.repeats; run += 1) {
    const turns = [
      async () => ours.push(await timeWork(gateway, folder.key, work)),
      async () => theirs.push(await timeWork(peer, folder.key, work)),
    ];
    for (const turn of run % 2 === 0 ? turns : turns.reverse()) {
      signal.throwIfAborted();
      await turn();
    }
  }
  const ratios = ours.map((seconds, run) => rounded((theirs[run] ?? Number.NaN) / seconds));
  return { case: name, seconds: rounded(median(ours)), peerSeconds: rounded(median(theirs)), ratio: median(ratios), ratios };
}

async function measureDelay({ options, signal, folder, gateway }: Bench, work: Work): Promise<number> {
  const delays: number[] = [];
  for (let run = 0; run < options.repeats; run += 1) {
    signal.throwIfAborted();
    delays.push(await gateway.loopDelayDuring(() => timeWork(gateway, folder.key, work)));
  }
  return rounded(median(delays));
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
