import { inTransaction, transactionClient, type Database, type PoolClient } from '@rosterport/database';
import type { ExpectedFile, FeedId, JobId, TenantId } from '@rosterport/domain';
import { noteEvent } from './events.ts';
import { latestMoment } from './expected-moment.ts';

/** What a check did. */
export interface ExpectedCheck {
  /** The feeds whose file turned out to be missing. */
  readonly missing: readonly FeedId[];
  /** The feeds whose missing file has arrived. */
  readonly arrived: readonly FeedId[];
}

/** An enabled feed that expects files. */
interface Watched {
  readonly feed_id: FeedId;
  readonly tenant_id: TenantId;
  readonly expected: ExpectedFile;
  readonly since: Date;
  /** When the file was due for which an alert is open; `null` when none is. */
  readonly missing_due_at: Date | null;
  readonly last_job: JobId | null;
  readonly last_sealed_at: Date | null;
}

/**
 * Compares what feeds expect with the files that came. A feed without a file from the grace before the latest moment that is
 * over raises one alert, an event `expectedFileMissing`, however often it is checked and however many moments pass. The next
 * file of the feed, whatever becomes of it, ends the alert with one event `expectedFileArrived`. Dry runs do not count.
 *
 * Nothing is missed that was due before the feed, or what it expects, was first seen by a check. A feed that is disabled or
 * expects something else has no alert. Any number of processes may check at once.
 *
 * Throws what the first schedule that cannot be read throws, after all others were checked.
 */
export async function checkExpected(database: Database, now: Date): Promise<ExpectedCheck> {
  const missing: FeedId[] = [];
  const arrived: FeedId[] = [];
  const broken: unknown[] = [];
  await noteExpectations(database, now);
  for (const feed of await watchedFeeds(database)) {
    try {
      const came = feed.missing_due_at !== null && (await endAlert(database, feed, feed.missing_due_at));
      if (came) arrived.push(feed.feed_id);
      if ((feed.missing_due_at === null || came) && (await raiseAlert(database, feed, now))) missing.push(feed.feed_id);
    } catch (error) {
      broken.push(error);
    }
  }
  if (broken.length > 0) throw broken[0];
  return { missing, arrived };
}

/** How many expected files are missing, over all tenants. */
export async function countMissingFiles(database: Database): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>('select count(*)::int as count from missing_files');
  return rows[0]?.count ?? 0;
}

/** When the missing file of each of the tenant's feeds was due, ISO 8601 in UTC; feeds that miss nothing are left out. */
export async function missingFiles(database: Database, tenantId: TenantId): Promise<ReadonlyMap<FeedId, string>> {
  const { rows } = await database.pool.query<{ feed_id: FeedId; due_at: Date }>(
    'select m.feed_id, m.due_at from missing_files m join feeds f on f.id = m.feed_id where f.tenant_id = $1',
    [tenantId],
  );
  return new Map(rows.map((row) => [row.feed_id, row.due_at.toISOString()]));
}

/** An alert about something that is no longer expected ends without a word: the change of the feed has an event of its own. */
async function noteExpectations(database: Database, now: Date): Promise<void> {
  await inOne(database, async (client) => {
    await client.query(
      `delete from expectations x using feeds f
       where f.id = x.feed_id and (not f.enabled or f.policy -> 'expected' is distinct from x.expected)`,
    );
    await client.query(
      `insert into expectations (feed_id, expected, since)
       select id, policy -> 'expected', $1 from feeds where enabled and jsonb_typeof(policy -> 'expected') = 'object'
       order by id on conflict do nothing`,
      [now],
    );
    await client.query(
      `delete from missing_files m
       where not exists (select from expectations x where x.feed_id = m.feed_id and x.since < m.due_at)`,
    );
  });
}

async function watchedFeeds(database: Database): Promise<readonly Watched[]> {
  const { rows } = await database.pool.query<Watched>(
    `select f.id as feed_id, f.tenant_id, x.expected, x.since, m.due_at as missing_due_at, j.id as last_job,
       j.sealed_at as last_sealed_at
     from expectations x join feeds f on f.id = x.feed_id
     left join missing_files m on m.feed_id = f.id
     left join lateral (
       select l.id, l.sealed_at from jobs l where l.feed_id = f.id and l.kind = 'file' and not l.dry_run
       order by l.sealed_at desc limit 1) j on true
     order by f.id`,
  );
  return rows;
}

/** Returns true when this call raised it. */
async function raiseAlert(database: Database, feed: Watched, now: Date): Promise<boolean> {
  const moment = latestMoment(feed.expected, now);
  if (moment === null || moment.dueAt <= feed.since) return false;
  if (feed.last_sealed_at !== null && feed.last_sealed_at >= moment.from) return false;
  return inOne(database, async (client) => {
    const { rowCount } = await client.query(
      'insert into missing_files (feed_id, due_at, raised_at) values ($1, $2, $3) on conflict do nothing',
      [feed.feed_id, moment.dueAt, now],
    );
    if (rowCount !== 1) return false;
    const details = { dueAt: moment.dueAt.toISOString(), graceMinutes: feed.expected.graceMinutes };
    await noteEvent(client, { tenantId: feed.tenant_id, feedId: feed.feed_id, kind: 'expectedFileMissing', details });
    return true;
  });
}

/** Returns true when the file has come and this call ended the alert. */
async function endAlert(database: Database, feed: Watched, dueAt: Date): Promise<boolean> {
  const from = dueAt.getTime() - feed.expected.graceMinutes * 60_000;
  if (feed.last_job === null || feed.last_sealed_at === null || feed.last_sealed_at.getTime() < from) return false;
  const { last_job: jobId, tenant_id: tenantId, feed_id: feedId } = feed;
  return inOne(database, async (client) => {
    const { rowCount } = await client.query('delete from missing_files where feed_id = $1 and due_at = $2', [feedId, dueAt]);
    if (rowCount !== 1) return false;
    const details = { dueAt: dueAt.toISOString() };
    await noteEvent(client, { tenantId, feedId, jobId, kind: 'expectedFileArrived', details });
    return true;
  });
}

function inOne<Result>(database: Database, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  return inTransaction(database, async (tx) => work(await transactionClient(tx)));
}
