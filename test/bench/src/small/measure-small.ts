import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addTenant, type Feed } from '@rosterport/access';
import type { Database } from '@rosterport/database';
import type { Envelope } from '@rosterport/domain';
import { keepStatements, onBenchServer, type BenchServer } from '../bench-server.ts';
import { forkTask } from '../fork-task.ts';
import { median } from '../median.ts';
import { sealTexts, type TextFile } from '../seal-texts.ts';
import { slowestStatements } from '../slowest-statements.ts';
import { tenantFiles } from '../tenant-files.ts';
import type { SmallBenchOptions, SmallResult } from './small-result.ts';
import type { SmallTask, SmallTimes } from './small-task.ts';

const program = fileURLToPath(new URL('./small-process.js', import.meta.url));
const crowd = 50;
/** Before anything is measured, so that the process is as one that has been at work for a while. */
const warming = 20;
const measured = 30;
const changedShare = 0.05;

/**
 * Measures how long small files take in a processor that is at work, from the registration of their jobs to the commit of
 * their reports: by themselves, many at once, and many beside a big file. Rejects when a job did not end as it should.
 */
export async function measureSmall(options: SmallBenchOptions, signal: AbortSignal): Promise<SmallResult> {
  return onBenchServer(signal, (server) =>
    server.withProduct(async (database, url) => {
      await keepStatements(database);
      const task = await prepare({ server, database, url }, options);
      const times = await forkTask<SmallTimes>({ program, task }, { signal, patienceSeconds: 600 + options.bigRows / 300 });
      await checkJobs(database);
      const databaseMs = statementMs(await readFile(server.logPath, 'utf8')) / measured;
      const ms = median(times.alone);
      const { crowdMs, besideMs, bigMs } = times;
      return { ...options, ms, databaseMs, ratio: ms / databaseMs, crowd, crowdMs, besideMs, bigMs, ratioBeside: besideMs / bigMs };
    }),
  );
}

/** What the statements of the measured part took. */
function statementMs(log: string): number {
  const [, from = ''] = log.split('the measured part begins');
  const [part = ''] = from.split('the measured part ends');
  return slowestStatements(part.slice(part.indexOf('\n') + 1), Number.POSITIVE_INFINITY).reduce((sum, { seconds }) => sum + seconds * 1_000, 0);
}

async function prepare({ server, database, url }: { server: BenchServer; database: Database; url: string }, { rows, bigRows }: SmallBenchOptions): Promise<SmallTask> {
  const stagingFolder = join(server.folder, 'staging');
  const feeds: Feed[] = [];
  for (let index = 0; index <= crowd; index += 1) feeds.push((await addTenant(database, { name: `tenant-${index}` })).feed);
  const [bigFeed, ...smallFeeds] = feeds as [Feed, ...Feed[]];
  const ofBig = tenantFiles(0, bigRows, changedShare);
  const ofSmall = smallFeeds.map((feed, index) => ({ feed, files: tenantFiles(index + 1, rows, changedShare) }));
  type Which = 'groups' | 'before' | 'after';
  const file = (feed: Feed, which: Which, files: typeof ofBig): TextFile => ({ feed, fileName: `${which}.csv`, mode: 'full', text: files[which] });
  const seal = (files: readonly TextFile[]): Promise<readonly Envelope[]> => sealTexts(stagingFolder, files);
  const all = (which: Which): TextFile[] => ofSmall.map(({ feed, files }) => file(feed, which, files));
  const inTurns = (count: number): TextFile[] => Array.from({ length: count }, (_, at) => {
    const { feed, files } = ofSmall[0] as (typeof ofSmall)[number];
    return file(feed, at % 2 === 0 ? 'after' : 'before', files);
  });
  return {
    ...{ url, stagingFolder, scratchFolder: join(server.folder, 'scratch') },
    prepare: await seal([file(bigFeed, 'groups', ofBig), file(bigFeed, 'before', ofBig), ...all('groups'), ...all('before'), ...inTurns(warming)]),
    alone: await seal(inTurns(measured)),
    crowd: await seal(all('after')),
    beside: await seal(all('before')),
    big: (await seal([file(bigFeed, 'after', ofBig)]))[0] as Envelope,
  };
}

async function checkJobs(database: Database): Promise<void> {
  const { rows } = await database.pool.query<{ wrong: number }>(`select count(*)::int as wrong from jobs where state <> 'applied' or attempts <> 1`);
  if (rows[0]?.wrong !== 0) throw new Error(`The outcome is wrong: ${rows[0]?.wrong ?? 'all'} jobs did not end as they should.`);
}
