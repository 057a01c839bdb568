import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Envelope, ExpectedFile, FeedId } from '@rosterport/domain';
import { openDatabase } from '@rosterport/database';
import { testDatabase } from '@rosterport/testing';
import { listEvents } from './events.ts';
import { checkExpected, countMissingFiles, missingFiles } from './expected-files.ts';
import { registerJob } from './register-job.ts';
import { sender, type Sender } from './testing/ledger.ts';
import { migrateWakeUps } from './wake-up.ts';

const at = testDatabase();
beforeAll(() => migrateWakeUps(at.db));

/** A file each day at six, half an hour early or late. */
const daily: ExpectedFile = { schedule: '0 6 * * *', timeZone: 'UTC', graceMinutes: 30 };

let from: Sender;
let feed: FeedId;
beforeEach(async () => {
  // Feeds of other tests would be checked too.
  await at.db.knex('feeds').update({ enabled: false });
  from = await sender(at.db);
  feed = from.feedIds[0]!;
  await expectFile(daily);
  await check('1T12:00');
});

/** A moment of June 2026, as day and time. */
const moment = (text: string): Date => new Date(`2026-06-${text.padStart(8, '0')}:00.000Z`);
const check = async (text: string): Promise<string> => {
  const { missing, arrived } = await checkExpected(at.db, moment(text));
  return [missing.includes(feed) ? 'missing' : '', arrived.includes(feed) ? 'arrived' : ''].join(' ').trim();
};
const expectFile = async (expected: ExpectedFile | null): Promise<void> => {
  await at.db.knex('feeds').where({ id: feed }).update({ policy: JSON.stringify({ expected }) });
};
const send = async (text: string, details: Partial<Envelope> = {}): Promise<Envelope> => {
  const envelope: Envelope = { ...from.envelope(0), sealedAt: moment(text).toISOString(), ...details };
  await registerJob(at.db, envelope);
  return envelope;
};
const events = async (): Promise<readonly unknown[]> => {
  const { items } = await listEvents(at.db, { tenantId: from.tenantId, limit: 100 });
  return items.map(({ kind, feed: name, jobId, details }) => ({ kind, name, jobId, ...details })).reverse();
};

/** What happens, in order: a file that is sent, or a check and what it tells. */
type Happening = readonly ['send', at: string, details?: Partial<Envelope>] | readonly ['check', at: string, tells: string];

test.each<readonly [string, ...Happening[]]>([
  ['on time', ['send', '2T06:00'], ['check', '2T06:30', '']],
  ['early, within the grace', ['send', '2T05:30'], ['check', '2T06:30', '']],
  ['late, within the grace', ['check', '2T06:10', ''], ['send', '2T06:29'], ['check', '2T06:31', '']],
  ['before the grace', ['send', '2T05:29'], ['check', '2T06:30', 'missing']],
  ['as a dry run only', ['send', '2T06:00', { dryRun: true }], ['check', '2T06:30', 'missing']],
  ['late, with nobody checking meanwhile', ['send', '2T09:00'], ['check', '2T10:00', '']],
  ['never, in three days', ['check', '2T06:30', 'missing'], ['check', '2T06:31', ''], ['check', '3T06:30', ''], ['check', '4T23:00', '']],
  ['late', ['check', '2T06:30', 'missing'], ['send', '2T09:00'], ['check', '2T09:01', 'arrived'], ['check', '2T09:02', '']],
  ['late, and not the next day', ['check', '2T06:30', 'missing'], ['send', '2T09:00'], ['check', '2T09:01', 'arrived'], ['check', '3T06:30', 'missing']],
  ['late, seen only when the next one is missing', ['check', '2T06:30', 'missing'], ['send', '2T09:00'], ['check', '3T07:00', 'missing arrived']],
  ['in time, but known late', ['check', '2T06:30', 'missing'], ['send', '2T06:00'], ['check', '2T06:40', 'arrived']],
])('a file that comes %s', async (_title, ...story) => {
  for (const [what, when, third] of story) {
    if (what === 'send') await send(when, third);
    else expect([when, await check(when)]).toEqual([when, third]);
  }
});

test('the alert and its end are one event each, with the moment and the job', async () => {
  await check('2T06:30');
  expect(await missingFiles(at.db, from.tenantId)).toEqual(new Map([[feed, '2026-06-02T06:00:00.000Z']]));
  expect(await countMissingFiles(at.db)).toBe(1);
  const { jobId } = await send('3T09:00');
  await at.db.knex('jobs').where({ id: jobId }).update({ state: 'rejected' });
  await check('3T09:01');
  expect(await events()).toEqual([
    { kind: 'expectedFileMissing', name: 'feed 0', jobId: null, dueAt: '2026-06-02T06:00:00.000Z', graceMinutes: 30 },
    { kind: 'expectedFileArrived', name: 'feed 0', jobId, dueAt: '2026-06-02T06:00:00.000Z' },
  ]);
  expect(await countMissingFiles(at.db)).toBe(0);
});

test('of processes that check at once, one raises the alert and one ends it', async () => {
  const other = await openDatabase({ url: at.url });
  const all = async (text: string): Promise<readonly number[]> => {
    const checks = await Promise.all([at.db, other, at.db, other].map((db) => checkExpected(db, moment(text))));
    return [checks.flatMap(({ missing }) => missing).length, checks.flatMap(({ arrived }) => arrived).length];
  };
  expect(await all('2T06:30')).toEqual([1, 0]);
  await send('2T09:00');
  expect(await all('2T09:01')).toEqual([0, 1]);
  await other.close();
  expect(await events()).toHaveLength(2);
});

describe('nothing is missed', () => {
  test('that was due before the feed was there', async () => {
    from = await sender(at.db);
    feed = from.feedIds[0]!;
    await expectFile(daily);
    expect([await check('2T06:30'), await check('2T07:00'), await check('3T06:30')]).toEqual(['', '', 'missing']);
  });

  test('of a schedule that was changed meanwhile', async () => {
    await expectFile({ ...daily, schedule: '0 4 * * *' });
    expect([await check('2T06:30'), await check('3T04:30')]).toEqual(['', 'missing']);
  });

  test('while the feed is disabled, nor for that time when it is enabled again', async () => {
    await at.db.knex('feeds').where({ id: feed }).update({ enabled: false });
    expect(await check('2T06:30')).toBe('');
    await at.db.knex('feeds').where({ id: feed }).update({ enabled: true });
    expect([await check('2T08:00'), await check('3T06:30')]).toEqual(['', 'missing']);
  });
});

test.each([
  ['disabling the feed', () => at.db.knex('feeds').where({ id: feed }).update({ enabled: false })],
  ['expecting nothing any more', () => expectFile(null)],
  ['expecting something else', () => expectFile({ ...daily, graceMinutes: 60 })],
])('%s ends the alert without a word', async (_title, change) => {
  await check('2T06:30');
  await change();
  expect(await check('2T07:30')).toBe('');
  expect(await countMissingFiles(at.db)).toBe(0);
  expect(await events()).toHaveLength(1);
});

test('a schedule that cannot be read hides no other feed', async () => {
  const broken = await sender(at.db);
  const policy = JSON.stringify({ expected: { ...daily, schedule: 'now and then' } });
  await at.db.knex('feeds').where({ id: broken.feedIds[0] }).update({ policy });
  await expect(checkExpected(at.db, moment('2T06:30'))).rejects.toThrow();
  expect(await countMissingFiles(at.db)).toBe(1);
});
