import { randomUUID } from 'node:crypto';
import { copyIn, copyText, withClient, type Database, type PoolClient } from '@rosterport/database';
import type { JobId } from '@rosterport/domain';
import { keepRowResults, listRows, removeRows, RowPlaces } from '@rosterport/jobs';
import { onBenchServer, settle } from '../bench-server.ts';
import { median } from '../median.ts';
import { pageRows, pagesOf, type PageLook } from './looks.ts';
import { emptyPlainTable, fillPlainTable, plainPage } from './plain-table.ts';
import type { Look, ReportBenchOptions, ReportResult } from './report-result.ts';
import { findingOf, sampleRows, usualResult } from './sample-rows.ts';

/** How often a page is asked for. */
const samples = 25;

/** How many rows retention takes in a step. */
const step = 5_000;

interface Place {
  readonly database: Database;
  readonly jobId: JobId;
  readonly rows: number;
  readonly signal: AbortSignal;
}

/**
 * Measures what the row results of a job take and how long pages of them do, with one row in a hundred that is not as usual,
 * against a table with a row for each result in the same database. Rejects when a page of the two differs.
 */
export async function measureReport({ rows, repeats }: ReportBenchOptions, signal: AbortSignal): Promise<ReportResult> {
  return onBenchServer(signal, async (server) => {
    const runs: ReportResult[] = [];
    for (let run = 0; run < repeats; run += 1) {
      runs.push(await server.withProduct((database) => measureOnce({ database, jobId: randomUUID() as JobId, rows, signal })));
    }
    return together(runs);
  });
}

async function measureOnce(place: Place): Promise<ReportResult> {
  const { database, jobId, rows, signal } = place;
  await writeVerdicts(place);
  const collected = collectPlaces(rows);
  const keeping = await timed(() => withClient(database, (client) => keepOurs(client, jobId, collected.places)));
  const filling = await timed(() => fillPlainTable(database, jobId));
  await settle(database);
  const [ours, peer] = [await megabytesOf(database, ['row_results', 'row_chunks']), await megabytesOf(database, ['plain_results'])];
  const looks = [lookOf('write', keeping, filling)];
  for (const page of pagesOf(rows)) {
    signal.throwIfAborted();
    looks.push(await measurePage(place, page));
  }
  const removing = await timed(() => withClient(database, (client) => removeOurs(client, jobId)));
  looks.push(lookOf('remove', removing, await timed(() => emptyPlainTable(database, jobId, step))));
  const million = 1_000_000 / rows;
  return {
    ...{ rows, repeats: 1, megabytes: ours * million, peerMegabytes: peer * million, ratio: ours / peer },
    ...{ collectMicroseconds: collected.microseconds / rows, looks },
  };
}

/** The verdicts as a plan leaves them, and those of all rows for the peer. */
async function writeVerdicts({ database, rows }: Place): Promise<void> {
  const columns = '(ordinal int, sheet text, row_no int, external_id text, result text, codes text[], issues jsonb)';
  await database.pool.query(`create unlogged table all_verdicts ${columns}; create unlogged table row_verdicts ${columns}`);
  await withClient(database, (client) => copyIn(client, 'copy all_verdicts from stdin', lines(rows)));
  await database.pool.query('insert into row_verdicts select * from all_verdicts where result <> $1 or issues is not null order by ordinal', [usualResult]);
  await settle(database);
}

function* lines(rows: number): Generator<string> {
  for (const row of sampleRows(rows)) {
    const finding = row.hasFinding ? findingOf(row) : null;
    const codes = finding === null ? null : `{${(JSON.parse(finding) as { code: string }[]).map(({ code }) => code).join(',')}}`;
    yield copyText([row.ordinal, null, row.row, row.externalId, row.result, codes, finding]);
  }
}

function collectPlaces(rows: number): { readonly places: RowPlaces; readonly microseconds: number } {
  const places = new RowPlaces();
  const sample = [...sampleRows(rows)];
  const before = process.cpuUsage();
  for (const { row, externalId } of sample) places.add(null, row, externalId);
  places.finish();
  const { user, system } = process.cpuUsage(before);
  return { places, microseconds: user + system };
}

async function keepOurs(client: PoolClient, jobId: JobId, places: RowPlaces): Promise<void> {
  await client.query('begin');
  await keepRowResults(client, jobId, { chunks: places.finish(), usualResult });
  await client.query('commit');
}

async function removeOurs(client: PoolClient, jobId: JobId): Promise<void> {
  while ((await removeRows(client, jobId, step)).more);
}

/** Both in turns, who take turns in going first. */
async function measurePage({ database, jobId }: Place, { name, after, ...filter }: PageLook): Promise<Look> {
  const [ours, peers]: [number[], number[]] = [[], []];
  let [shown, plain]: [readonly number[], readonly number[]] = [[], []];
  const askOurs = async (): Promise<void> => {
    const page = { ...filter, jobId, cursor: String(after), limit: pageRows };
    ours.push(await timed(async () => (shown = (await listRows(database, page)).items.map(({ row }) => row))));
  };
  const askPeer = async (): Promise<void> => {
    peers.push(await timed(async () => (plain = await plainPage(database, { ...filter, jobId, after, limit: pageRows }))));
  };
  for (let sample = 0; sample < samples; sample += 1) for (const ask of sample % 2 === 0 ? [askOurs, askPeer] : [askPeer, askOurs]) await ask();
  if (JSON.stringify(shown) !== JSON.stringify(plain)) throw new Error(`The page "${name}" is wrong.`);
  return lookOf(name, median(ours), median(peers));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function megabytesOf(database: Database, tables: readonly string[]): Promise<number> {
  const { rows } = await database.pool.query<{ bytes: string }>('select sum(pg_total_relation_size(name::regclass)) as bytes from unnest($1::text[]) name', [tables]);
  return Number(rows[0]?.bytes) / 1_000_000;
}

function lookOf(name: string, ms: number, peerMs: number): Look {
  return { name, ms, peerMs, ratio: ms / peerMs };
}

/** The medians of all runs. */
function together(runs: readonly ReportResult[]): ReportResult {
  const [first] = runs;
  if (first === undefined) throw new RangeError('There is no result of no run.');
  const middle = (value: (run: ReportResult) => number): number => median(runs.map(value));
  const looks = first.looks.map(({ name }, index) => {
    const look = (value: (one: Look) => number): number => middle((run) => value(run.looks[index] ?? lookOf(name, Number.NaN, 1)));
    return { name, ms: look(({ ms }) => ms), peerMs: look(({ peerMs }) => peerMs), ratio: look(({ ratio }) => ratio) };
  });
  return {
    ...{ rows: first.rows, repeats: runs.length, megabytes: middle((run) => run.megabytes), peerMegabytes: middle((run) => run.peerMegabytes) },
    ...{ ratio: middle((run) => run.ratio), collectMicroseconds: middle((run) => run.collectMicroseconds), looks },
  };
}
