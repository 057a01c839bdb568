import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addTenant, type Feed } from '@rosterport/access';
import type { Database } from '@rosterport/database';
import { registerJob } from '@rosterport/jobs';
import { onBenchServer, settle, type BenchServer } from '../bench-server.ts';
import { forkTask } from '../fork-task.ts';
import { median } from '../median.ts';
import { sealTexts, type TextFile } from '../seal-texts.ts';
import { tenantFiles } from '../tenant-files.ts';
import { checkDrained } from './check-drained.ts';
import type { DrainTask } from './drain-task.ts';
import type { TenantsBenchOptions, TenantsResult } from './tenants-result.ts';

const program = fileURLToPath(new URL('./drain-process.js', import.meta.url));
const changedShare = 0.05;

interface Place {
  readonly server: BenchServer;
  readonly database: Database;
  readonly url: string;
  readonly signal: AbortSignal;
}

/**
 * Measures how fast one processor, and then two, work off a file of each of many tenants, and how fast one works off a single
 * file of as many rows. All files are full ones of which one row in twenty has changed. Rejects when a job did not run once, in
 * its order and with the right outcome.
 */
export async function measureTenants(options: TenantsBenchOptions, signal: AbortSignal): Promise<TenantsResult> {
  return onBenchServer(signal, (server) => server.withProduct((database, url) => measureAll({ server, database, url, signal }, options)));
}

async function measureAll(place: Place, options: TenantsBenchOptions): Promise<TenantsResult> {
  const { tenants, rows, repeats } = options;
  const many = await openCrowd(place, { first: 1, tenants, rows });
  const big = await openCrowd(place, { first: 0, tenants: 1, rows: tenants * rows });
  const runs: { one: number; two: number; big: number }[] = [];
  for (let run = 0; run < repeats; run += 1) {
    const turns = [
      async () => ({ one: await many.drain('after', 1), two: await many.drain('before', 2) }),
      async () => ({ big: await big.drain(run % 2 === 0 ? 'after' : 'before', 1) }),
    ];
    let times = { one: 0, two: 0, big: 0 };
    for (const turn of run % 2 === 0 ? turns : turns.reverse()) times = { ...times, ...(await turn()) };
    runs.push(times);
  }
  const all = tenants * rows;
  const [seconds, twoSeconds, bigSeconds] = (['one', 'two', 'big'] as const).map((name) => median(runs.map((run) => run[name]))) as [number, number, number];
  return {
    ...{ tenants, rows, repeats, seconds, rowsPerSecond: all / seconds, twoSeconds, twoRowsPerSecond: all / twoSeconds },
    ...{ bigSeconds, bigRowsPerSecond: all / bigSeconds },
    ratio: median(runs.map((run) => run.big / run.one)),
    ratioTwo: median(runs.map((run) => run.one / run.two)),
  };
}

/** Tenants whose directories hold the people of their files. */
interface Crowd {
  /** Has the files worked off by so many processors, and tells how many seconds it took. */
  drain(which: 'before' | 'after', processors: number): Promise<number>;
}

async function openCrowd(place: Place, { first, tenants, rows }: { first: number; tenants: number; rows: number }): Promise<Crowd> {
  const { database } = place;
  const files = Array.from({ length: tenants }, (_, index) => tenantFiles(first + index, rows, changedShare));
  const feeds: Feed[] = [];
  for (let index = 0; index < tenants; index += 1) feeds.push((await addTenant(database, { name: `tenant-${first + index}` })).feed);
  const send = async (which: 'groups' | 'before' | 'after', processors: number): Promise<readonly string[]> => {
    const texts = feeds.map((feed, index): TextFile => ({ feed, fileName: `${which}.csv`, mode: 'full', text: files[index]?.[which] ?? [] }));
    const envelopes = await sealTexts(join(place.server.folder, 'staging'), texts);
    await settle(database);
    for (const envelope of envelopes) await registerJob(database, envelope);
    await Promise.all(Array.from({ length: processors }, (_, number) => runProcessor(place, { number, jobs: tenants, rows })));
    return envelopes.map(({ jobId }) => jobId);
  };
  await send('groups', 1);
  await send('before', 1);
  const changed = files[0]?.changed ?? 0;
  return { drain: async (which, processors) => checkDrained(database, { jobIds: await send(which, processors), rows, changed }) };
}

function runProcessor({ server, url, signal }: Place, { number, jobs, rows }: { number: number; jobs: number; rows: number }): Promise<object> {
  const { folder } = server;
  const task: DrainTask = { url, stagingFolder: join(folder, 'staging'), scratchFolder: join(folder, `scratch-${number}`) };
  return forkTask({ program, task }, { signal, patienceSeconds: 300 + jobs * (5 + rows / 500) });
}
