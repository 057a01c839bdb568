import { randomUUID } from 'node:crypto';
import { withClient } from '@rosterport/database';
import { noChanges, type JobId } from '@rosterport/domain';
import { describe, expect, test } from '@jest/globals';
import { testDatabase } from '@rosterport/testing';
import { historyOf, type JobHistory } from './feed-history.ts';
import { noteEvent } from './events.ts';
import { sender } from './testing/ledger.ts';

const at = testDatabase();

/** An earlier job as tests write it: an applied full file of the first feed of 10 rows, that took one and changed two. */
interface Earlier {
  readonly feed?: number;
  readonly hoursAgo?: number;
  readonly state?: string;
  readonly mode?: string;
  readonly userRows?: number | null;
  readonly isUndone?: boolean;
  readonly isApproved?: boolean;
  readonly receivedAt?: string;
  /** 1 when left out. */
  readonly updated?: number;
}

const early = '2026-01-01T08:00:00.000Z';
const late = '2026-01-01T09:00:00.000Z';

/** What the history says of a new file of the first feed, after the earlier jobs, oldest first. */
async function historyAfter(jobs: readonly Earlier[], holdsPeople = true): Promise<JobHistory['history']> {
  const { tenantId, feedIds } = await sender(at.db, 2);
  const [feed] = await at.db.knex('feeds').where({ tenant_id: tenantId }).select<{ source_id: string }[]>('source_id');
  const plain = { tenant_id: tenantId, source_id: feed?.source_id, channel: 'https', file_name: 'x.csv', dry_run: false, size: 1, sha256: '', sealed_at: early };
  const make = async (values: Readonly<Record<string, unknown>>): Promise<JobId> => {
    const id = randomUUID() as JobId;
    await at.db.knex('jobs').insert({ ...plain, id, feed_id: feedIds[0], mode: 'full', received_at: early, ...values });
    return id;
  };
  const undoing = await make({ state: 'processing' });
  for (const [index, job] of jobs.entries()) {
    const { feed: number = 0, hoursAgo = 1, state = 'applied', mode = 'full', userRows = 10, updated = 1 } = job;
    const changes = JSON.stringify({ ...noChanges, usersDeactivated: 1, usersUpdated: updated });
    const finished = new Date(Date.now() - hoursAgo * 3_600_000 + index);
    const values = { feed_id: feedIds[number], state, mode, changes, user_rows: userRows, finished_at: finished };
    const id = await make({ ...values, received_at: job.receivedAt ?? early, reverted_by: job.isUndone === true ? undoing : null });
    if (job.isApproved === true) await withClient(at.db, (client) => noteEvent(client, { tenantId, kind: 'jobApproved', jobId: id }));
  }
  const id = await make({ state: 'processing' });
  return withClient(at.db, async (client) => (await historyOf(client, id, holdsPeople)).history);
}

describe('what files of the source did in the last 24 hours', () => {
  test.each<readonly [what: string, jobs: readonly Earlier[], deactivated: number, files: number]>([
    ['nothing', [], 0, 0],
    ['two files', [{}, {}], 2, 2],
    ['a file of another feed counts', [{ feed: 1 }], 1, 1],
    ['one that updated nobody, as a first load, is not looked through', [{ updated: 0 }, {}], 2, 1],
    ['a delta counts', [{ mode: 'delta' }], 1, 1],
    ['a little less than a day ago', [{ hoursAgo: 23.9 }], 1, 1],
    ['a little more than a day ago', [{ hoursAgo: 24.1 }], 0, 0],
    ['what was undone', [{ isUndone: true }], 0, 0],
    ['what a person approved', [{ isApproved: true }, {}], 1, 1],
    ['what was held, or only tried', [{ state: 'held' }, { state: 'previewed' }], 0, 0],
  ])('%s', async (_what, jobs, deactivatedLastDay, files) => {
    const history = await historyAfter(jobs);
    expect([history.deactivatedLastDay, history.jobsLastDay.length]).toEqual([deactivatedLastDay, files]);
    expect(history.updatedLastDay).toBe(files);
  });
});

describe('rows of the last full file of the feed', () => {
  test.each<readonly [what: string, jobs: readonly Earlier[], rows: number | null]>([
    ['none', [], null],
    ['the last one', [{ userRows: 5 }, { userRows: 7, hoursAgo: 0.5 }], 7],
    ['however long ago', [{ userRows: 5, hoursAgo: 1000 }], 5],
    ['not a delta', [{ userRows: 5 }, { userRows: 7, mode: 'delta', hoursAgo: 0.5 }], 5],
    ['not a file without people', [{ userRows: 5 }, { userRows: null, hoursAgo: 0.5 }], 5],
    ['not that of another feed', [{ userRows: 5 }, { userRows: 7, feed: 1, hoursAgo: 0.5 }], 5],
    ['not what was undone', [{ userRows: 5 }, { userRows: 7, isUndone: true, hoursAgo: 0.5 }], 5],
    ['also what a person approved', [{ userRows: 5 }, { userRows: 7, isApproved: true, hoursAgo: 0.5 }], 7],
  ])('%s', async (_what, jobs, lastFullRows) => {
    expect(await historyAfter(jobs)).toMatchObject({ lastFullRows });
  });
});

describe('the file of the feed that was applied last', () => {
  const people = { receivedAt: early, hoursAgo: 2 };
  const groups = { receivedAt: late, userRows: null };

  test.each<readonly [what: string, jobs: readonly Earlier[], holdsPeople: boolean, receivedAt: string | null]>([
    ['none', [], true, null],
    ['of people, for a file of people', [people, groups], true, early],
    ['of groups, for a file of groups', [groups, people], false, late],
    ['none of groups yet', [people], false, null],
    ['a delta too', [{ ...people, mode: 'delta' }], true, early],
    ['not that of another feed', [people, { feed: 1, receivedAt: late }], true, early],
    ['not what was undone', [people, { isUndone: true, receivedAt: late }], true, early],
  ])('%s', async (_what, jobs, holdsPeople, receivedAt) => {
    const { lastApplied } = await historyAfter(jobs, holdsPeople);
    expect(lastApplied).toEqual(receivedAt === null ? null : { receivedAt, modifiedAt: null });
  });
});
