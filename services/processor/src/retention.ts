import { withClient, type Database, type PoolClient } from '@rosterport/database';
import { expireEntries, type JournalPosition } from '@rosterport/directory';
import type { JobId } from '@rosterport/domain';
import {
  beginRemovals,
  endRemoval,
  jobsWithOldFiles,
  noteFilesRemoved,
  openRemovals,
  removeEvents,
  removeRows,
  type RemovalKind,
} from '@rosterport/jobs';
import type { OldFiles } from '@rosterport/staging';

/** How long things are kept, in milliseconds: what belongs to a job from its end on, events from when they happened. */
export interface Lifetimes {
  readonly files: number;
  /** Row results, and what held jobs and dry runs would have changed. */
  readonly rowResults: number;
  readonly journal: number;
  readonly events: number;
}

/** How much a run removed. */
export interface Removed {
  /** Sealed files with their envelopes, where they were still there. */
  readonly files: number;
  /** Files that were set aside as damaged. */
  readonly damagedFiles: number;
  readonly rowResults: number;
  readonly plannedChanges: number;
  readonly journalEntries: number;
  readonly events: number;
}

/** What a run works on and when. */
export interface RetentionOptions {
  readonly database: Database;
  readonly files: OldFiles;
  readonly lifetimes: Lifetimes;
  readonly now: Date;
  /** Ends the run after the step in hand; the next one goes on. */
  readonly ending?: AbortSignal;
}

interface Run extends RetentionOptions {
  readonly client: PoolClient;
  readonly removed: { -readonly [Name in keyof Removed]: Removed[Name] };
}

/** How much is done in one statement: a hundred thousand people with seven entries each took 40 seconds in 300 of them. */
const most = { files: 200, jobs: 100, rows: 5_000, records: 1_000, events: 5_000 } as const;

const lockKey = `hashtextextended('retention', 0)`;

/**
 * Removes what was kept for its time: sealed files, row results, the journal and events. Jobs stay with their numbers, and so
 * does everything of a job that is not finished. The journal entry that tells where a value comes from stays as long as the
 * value. It works in small steps, each of which lasts, so that it may be cut short at any moment.
 *
 * Returns `null`, without doing anything, while another run is at work anywhere.
 */
export async function removeOld(options: RetentionOptions): Promise<Removed | null> {
  return withClient(options.database, async (client) => {
    const { rows } = await client.query<{ locked: boolean }>(`select pg_try_advisory_lock(${lockKey}) as locked`);
    if (rows[0]?.locked !== true) return null;
    const removed = { files: 0, damagedFiles: 0, rowResults: 0, plannedChanges: 0, journalEntries: 0, events: 0 };
    const run: Run = { ...options, client, removed };
    try {
      for (const part of [takeFiles, takeRows, takeJournal, takeEvents]) await part(run);
    } catch (error) {
      // The end of the connection would let go too, but the server notes that only a moment later than the next run may come.
      await unlock(client).catch(() => undefined);
      throw error;
    }
    await unlock(client);
    return removed;
  });
}

async function unlock(client: PoolClient): Promise<void> {
  await client.query(`select pg_advisory_unlock(${lockKey})`);
}

async function takeFiles(run: Run): Promise<void> {
  const { client, files, now, removed } = run;
  const before = momentBefore(run, 'files');
  await repeat(run, most.files, async () => {
    const jobIds = await jobsWithOldFiles(client, { before, now, limit: most.files });
    // The files first: what is noted as removed is never looked for again.
    await Promise.all(jobIds.map((jobId) => files.discard(jobId)));
    await noteFilesRemoved(client, jobIds, now);
    removed.files += jobIds.length;
    return jobIds.length;
  });
  if (!ends(run)) removed.damagedFiles += await files.clearDamaged(before);
}

async function takeRows(run: Run): Promise<void> {
  const { client, removed } = run;
  await takeMarked(run, 'rows', async (jobId) => {
    await repeat(run, most.rows, async () => {
      const { rowResults, plannedChanges, more } = await removeRows(client, jobId, most.rows);
      removed.rowResults += rowResults;
      removed.plannedChanges += plannedChanges;
      return more ? most.rows : 0;
    });
  });
}

async function takeJournal(run: Run): Promise<void> {
  await takeMarked(run, 'journal', (jobId) => takeEntries(run, jobId));
  await takeEntries(run, null);
}

/** The entries about what a job changed, or about what was changed by hand. */
async function takeEntries(run: Run, jobId: JobId | null): Promise<void> {
  const { client, removed } = run;
  const before = momentBefore(run, 'journal');
  let position: JournalPosition | null = null;
  do {
    if (ends(run)) return;
    const step: Awaited<ReturnType<typeof expireEntries>> = await expireEntries(client, { jobId, before, position, limit: most.records });
    removed.journalEntries += step.removed;
    position = step.next;
  } while (position !== null);
}

async function takeEvents(run: Run): Promise<void> {
  const before = momentBefore(run, 'events');
  await repeat(run, most.events, async () => {
    const count = await removeEvents(run.client, { before, limit: most.events });
    run.removed.events += count;
    return count;
  });
}

/** Marks the jobs whose time is over, and takes what is marked, also what an earlier run has left. */
async function takeMarked(run: Run, what: RemovalKind, take: (jobId: JobId) => Promise<void>): Promise<void> {
  const { client, now } = run;
  const before = momentBefore(run, what === 'rows' ? 'rowResults' : 'journal');
  await repeat(run, most.jobs, () => beginRemovals(client, what, { before, now, limit: most.jobs }));
  await repeat(run, most.jobs, async () => {
    const jobIds = await openRemovals(client, what, most.jobs);
    for (const jobId of jobIds) {
      await take(jobId);
      if (ends(run)) return 0;
      await endRemoval(client, what, jobId);
    }
    return jobIds.length;
  });
}

/** Repeats a step until it has done less than it might have, or the run is to end. */
async function repeat(run: Run, full: number, step: () => Promise<number>): Promise<void> {
  while (!ends(run)) if ((await step()) < full) return;
}

function momentBefore({ now, lifetimes }: Run, what: keyof Lifetimes): Date {
  return new Date(now.getTime() - lifetimes[what]);
}

function ends({ ending }: Run): boolean {
  return ending?.aborted === true;
}
