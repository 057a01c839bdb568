import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { noGuards, type JobId } from '@rosterport/domain';
import { findJob, listEvents, noteEvent, revertJob } from '@rosterport/jobs';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { removeOld, type Lifetimes, type Removed } from './retention.ts';
import { openIngest, type Ingest, type Sending } from './testing/ingest.ts';
import { directoryFacts, replayedFacts } from './testing/provenance.ts';

const at = testDatabase();
const folder = temporaryFolder();

const day = 86_400_000;
const lifetimes: Lifetimes = { files: 30 * day, rowResults: 180 * day, journal: 400 * day, events: 400 * day };

let ingest: Ingest;
beforeEach(async () => {
  await at.db.pool.query('truncate tenants, users, groups, memberships, manager_facts, claims, journal, row_results, planned_changes, events cascade');
  ingest = await openIngest({ database: at.db, folder, policy: { guards: noGuards } });
});
afterEach(() => ingest.close());

/** Removes what is old so many days from now; a second more, since jobs end after they were sent. */
const removeAfter = async (days: number, options: Partial<Parameters<typeof removeOld>[0]> = {}): Promise<Partial<Removed> | null> => {
  const now = new Date(Date.now() + days * day + 60_000);
  const removed = await removeOld({ database: at.db, files: ingest.context.staging, lifetimes, now, ...options });
  return removed === null ? null : Object.fromEntries(Object.entries(removed).filter(([, count]) => count > 0));
};

const people = (...rows: string[]): Buffer => Buffer.from(['Employee ID;First Name;Last Name;Email;City;Department', ...rows, ''].join('\n'));
const mail = (id: string): string => `${id}@${ingest.tenant.name}.example`;
const send = async (rows: readonly string[], how: Sending = {}): Promise<JobId> => (await ingest.sendBytes('people.csv', people(...rows), how)).job.id;
const ada = (city: string, group = 'G1'): string => `E1;Ada;Berg;${mail('ada')};${city};${group}`;
/** Whether file, rows and journal are gone. */
const removedOf = async (jobId: JobId): Promise<readonly boolean[]> => {
  const { removed } = await findJob(at.db, ingest.tenant.id, jobId);
  return [removed.file, removed.rows, removed.journal].map((moment) => moment !== null);
};
const filesKept = (): number => {
  const names = readdirSync(join(folder, ingest.tenant.name, 'kept'), { recursive: true });
  return names.filter((name) => /\.(?:file|json)$/.test(String(name))).length;
};
const revert = (jobId: JobId): Promise<{ readonly id: JobId }> =>
  revertJob(at.db, { tenantId: ingest.tenant.id, jobId, credentialId: null });
const discard = (jobId: JobId): Promise<unknown> =>
  at.db.knex('jobs').where({ id: jobId }).update({ state: 'discarded', finished_at: new Date() });
const count = async (table: string): Promise<number> => {
  const { rows } = await at.db.pool.query<{ count: number }>(`select count(*)::int as count from ${table}`);
  return rows[0]?.count ?? -1;
};

describe('a job', () => {
  test('loses its file, its rows and its journal, each in its time, and keeps its numbers', async () => {
    const jobId = await send([ada('Lund')]);
    const before = await findJob(at.db, ingest.tenant.id, jobId);
    expect([filesKept(), await removeAfter(29)]).toEqual([2, {}]);
    expect([await removeAfter(30), filesKept(), await removedOf(jobId)]).toEqual([{ files: 1 }, 0, [true, false, false]]);
    expect(await removeAfter(179)).toEqual({});
    expect([await removeAfter(180), await count('row_results'), await removedOf(jobId)]).toEqual([{ rowResults: 1 }, 0, [true, true, false]]);
    await removeAfter(399);
    expect(await removedOf(jobId)).toEqual([true, true, false]);
    await removeAfter(400);
    expect(await removedOf(jobId)).toEqual([true, true, true]);
    await expect(revert(jobId)).rejects.toMatchObject({ code: 'revertExpired' });
    const { counts, changes, issues } = before;
    expect(await findJob(at.db, ingest.tenant.id, jobId)).toMatchObject({ counts, changes, issues });
    expect(await removeAfter(5_000)).toEqual({});
  });

  test('that is not finished keeps everything', async () => {
    const jobId = await ingest.stage('people.csv', people(ada('Lund')));
    expect(await removeAfter(5_000)).toEqual({});
    expect((await ingest.settle(jobId)).job.state).toBe('applied');
  });

  test('that is held keeps what it would change until it has ended', async () => {
    const jobId = await send([ada('Lund')], { dryRun: true });
    await at.db.knex('jobs').where({ id: jobId }).update({ state: 'held', finished_at: null });
    const plannedChanges = await count('planned_changes');
    expect(plannedChanges).toBeGreaterThan(0);
    expect(await removeAfter(5_000)).toEqual({});
    await discard(jobId);
    expect(await removeAfter(180)).toEqual({ files: 1, rowResults: 1, plannedChanges });
  });

  test('keeps its journal while a revert of its tenant is under way', async () => {
    const [first, second] = [await send([ada('Lund')]), await send([ada('Malmö')])];
    const { id } = await revert(second);
    await removeAfter(400);
    expect([await removedOf(first), await removedOf(second)]).toEqual([[true, true, false], [true, true, false]]);
    await discard(id);
    await removeAfter(400);
    expect([await removedOf(first), await removedOf(second)]).toEqual([[true, true, true], [true, true, true]]);
  });
});

describe('the journal', () => {
  const entries = async (): Promise<readonly string[]> => {
    const { rows } = await at.db.pool.query<{ kind: string; city: string | null; group: string | null; gone: boolean }>(
      `select l.kind, l.after -> 'attributes' ->> 'City' as city, g.name as "group", l.after is null as gone
       from whole_journal l left join groups g on l.kind = 'membership' and g.id = (coalesce(l.after, l.before) ->> 'groupId')::bigint
       order by l.id`,
    );
    return rows
      .filter(({ kind }) => kind === 'user' || kind === 'membership')
      .map(({ kind, city, group, gone }) => (kind === 'user' ? `in ${city}` : `${gone ? 'left' : 'joined'} ${group}`));
  };

  test('keeps where each value and link comes from, and nothing between', async () => {
    for (const [city, group] of [['Lund', 'G1'], ['Malmö', 'G2'], ['Umeå', 'G1'], ['Visby', 'G2']] as const) await send([ada(city, group)]);
    expect(await entries()).toHaveLength(11);
    await removeAfter(400);
    expect(await entries()).toEqual(['in Lund', 'in Visby', 'joined G2']);
  });

  test('keeps an entry that is old as long as a newer one of the same value can be reverted', async () => {
    for (const city of ['Lund', 'Malmö', 'Umeå']) await send([ada(city)]);
    const [, , last] = await at.db.knex('jobs').orderBy('sealed_at').pluck<string[]>('id');
    await at.db.knex('jobs').where({ id: last }).update({ finished_at: new Date(Date.now() + 10 * day) });
    await removeAfter(400);
    expect(await entries()).toEqual(['in Lund', 'joined G1', 'in Umeå']);
  });

  test('loses what was changed by hand too, except what is still so', async () => {
    await send([ada('Lund')]);
    for (const city of ['Malmö', 'Umeå']) {
      await at.db.pool.query(
        `insert into journal (tenant_id, kind, record_id, before, after)
         select tenant_id, 'user', id, jsonb_build_object('attributes', attributes), jsonb_build_object('attributes', jsonb_build_object('City', $1::text)) from users`,
        [city],
      );
      await at.db.pool.query(`update users set attributes = jsonb_build_object('City', $1::text)`, [city]);
    }
    await removeAfter(399);
    expect(await entries()).toEqual(['in Lund', 'joined G1', 'in Malmö', 'in Umeå']);
    await removeAfter(400);
    expect(await entries()).toEqual(['in Lund', 'joined G1', 'in Umeå']);
  });
});

test('a link that was taken by hand and given again comes from where it was given last', async () => {
  await send([ada('Lund')]);
  const before = `jsonb_build_object('groupId', group_id, 'sourceId', source_id)`;
  await at.db.pool.query(
    `insert into journal (tenant_id, kind, record_id, before) select $1, 'membership', user_id, ${before} from memberships`,
    [ingest.tenant.id],
  );
  await at.db.pool.query('delete from memberships');
  const again = await send([ada('Lund')]);
  await removeAfter(400);
  expect(await at.db.knex('whole_journal').where({ kind: 'membership' }).pluck('job_id')).toEqual([again]);
});

test('what was set aside as damaged goes in the time of files', async () => {
  await writeFile(join(folder, ingest.tenant.name, 'damaged', 'x.json'), 'x');
  expect([await removeAfter(29), await removeAfter(30)]).toEqual([{}, { damagedFiles: 1 }]);
});

test('events go in their time', async () => {
  await noteEvent(at.db.pool, { tenantId: ingest.tenant.id, kind: 'feedChanged' });
  expect([await removeAfter(399), await removeAfter(400)]).toEqual([{}, { events: 1 }]);
  expect((await listEvents(at.db, { tenantId: ingest.tenant.id, limit: 10 })).items).toEqual([]);
});

test('two runs are never at work at once', async () => {
  await send([ada('Lund')]);
  const inner: unknown[] = [];
  const { staging } = ingest.context;
  const files = {
    discard: async (jobId: JobId) => {
      inner.push(await removeAfter(30));
      await staging.discard(jobId);
    },
    clearDamaged: () => Promise.resolve(0),
  };
  expect(await removeAfter(30, { files })).toEqual({ files: 1 });
  expect(inner).toEqual([null]);
});

test('a run that breaks lets the next one do the rest', async () => {
  await send([ada('Lund')]);
  const files = { discard: () => Promise.reject(new Error('disk')), clearDamaged: () => Promise.resolve(0) };
  await expect(removeAfter(180, { files })).rejects.toThrow('disk');
  expect(await removeAfter(180)).toEqual({ files: 1, rowResults: 1 });
});

test('a run may be cut short anywhere, and the next one goes on', async () => {
  let cut = true;
  for (let steps = 0; cut; steps += 2) {
    for (const city of ['Lund', 'Malmö']) await send([ada(`${city} ${steps}`)]);
    await noteEvent(at.db.pool, { tenantId: ingest.tenant.id, kind: 'feedChanged' });
    let left = steps;
    const ending = { get aborted() { return (left -= 1) < 0; } } as AbortSignal;
    await removeAfter(400, { ending });
    cut = left < 0;
    await removeAfter(400);
    expect([filesKept(), await count('row_results'), await count('removals'), await count('events')]).toEqual([0, 0, 0, 0]);
    expect(await removeAfter(400)).toEqual({});
    expect(await replayedFacts(at.db, ingest.tenant.id)).toEqual(await directoryFacts(at.db, ingest.tenant.id));
  }
});
