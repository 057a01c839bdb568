import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { openFirm, rowsOf, type Firm, type PersonCells } from './testing/firm.ts';
import type { Ended, Sending } from './testing/ingest.ts';

const at = testDatabase();
const folder = temporaryFolder();
let firm: Firm;
let passedOver = 0;

beforeEach(async () => {
  await at.db.pool.query('truncate tenants, users, groups, memberships, manager_facts, claims cascade');
  firm = await openFirm({ database: at.db, folder });
  Object.assign(firm.context, { sieveFrom: 0 });
  const { metrics } = firm.context;
  const { count } = metrics;
  metrics.count = (name, labels, by = 1) => {
    if (name === 'rosterport_rows_passed_over_total') passedOver += by;
    count(name, labels, by);
  };
});
afterEach(() => firm.close());

/** Sends a file, and tells how many of its rows were passed over. */
async function send(rows: readonly PersonCells[], how?: Sending): Promise<{ readonly ended: Ended; readonly passed: number }> {
  passedOver = 0;
  const ended = await firm.sendPeople(rows, how);
  return { ended, passed: passedOver };
}

const staff = rowsOf(1, 20);
const resultsOf = ({ rows }: Ended): readonly string[] => rows.map(({ row, externalId, result }) => `${row} ${externalId ?? ''} ${result}`);

describe('rows that say what they said before', () => {
  test('are passed over, and told of in their places', async () => {
    expect((await send(staff)).passed).toBe(0);
    expect((await send(staff, { mode: 'full' })).passed).toBe(20);
    const { ended, passed } = await send([...staff.slice(1, 18), { id: 'E1', First: 'Other' }, staff[18] ?? { id: '' }, { id: 'E30' }], { mode: 'full' });
    expect(passed).toBe(18);
    expect(ended.job.counts).toMatchObject({ unchanged: 18, updated: 1, created: 1 });
    expect(ended.job.changes).toMatchObject({ usersDeactivated: 1 });
    expect(resultsOf(ended)).toEqual([...staff.slice(1, 18).map(({ id }, index) => `${index + 2} ${id} unchanged`), '19 E1 updated', '20 E19 unchanged', '21 E30 created']);
  });

  test.each<readonly [what: string, row: PersonCells, passed: number, results: readonly string[]]>([
    ['of whom another row says something', { id: 'E3', Last: 'Other' }, 19, ['4 E3 rejected', '22 E3 rejected']],
    ['whose row comes again', { id: 'E3' }, 19, []],
    ['whose e-mail another row wants', { id: 'N1', Email: 'E3' }, 19, ['4 E3 rejected', '22 N1 rejected']],
    ['of whom none of that is true', { id: 'N1' }, 20, ['22 N1 created']],
  ])('but not those of people %s', async (_what, row, passed, results) => {
    await send(staff);
    const email = row['Email'] === undefined ? {} : { Email: firm.email(row['Email']) };
    const sent = await send([...staff, { ...row, ...email }]);
    expect(sent.passed).toBe(passed);
    expect(resultsOf(sent.ended).filter((result) => !result.endsWith('unchanged'))).toEqual(results);
  });

  test('leave one move among many to the same changes as when every row is read', async () => {
    const members = rowsOf(1, 20).map((row) => ({ ...row, Department: row.id === 'E20' ? 'D2' : 'D1', EmployeeManagerID: row.id === 'E1' ? '' : 'E1' }));
    const moved = members.map((row) => (row.id === 'E2' ? { ...row, Last: 'Other', Department: 'D2', EmployeeManagerID: 'E9' } : row));
    // The second time there is nothing to tell of the groups.
    for (const file of [members, members]) await send(file);
    const some = await send(moved);
    await send(members);
    Object.assign(firm.context, { sieveFrom: Infinity });
    const all = await send(moved);
    expect([some.passed, all.passed]).toEqual([19, 0]);
    expect(some.ended.job.changes).toEqual(all.ended.job.changes);
    expect(some.ended.job.changes).toMatchObject({ usersUpdated: 1, membershipsAdded: 1, membershipsRemoved: 1, managersAdded: 1 });
  });

  test('are read when the file is refused, so that each gets its verdict', async () => {
    await send(staff);
    const twoHeaders = Buffer.concat([firm.fileOf(staff), firm.fileOf(staff)]);
    passedOver = 0;
    const { job } = await firm.sendBytes('people.csv', twoHeaders);
    expect([job.state, job.counts.skipped, passedOver]).toEqual(['rejected', 40, 0]);
  });

  test('are read when anything else has touched the person since', async () => {
    await send(staff);
    await at.db.pool.query(`update users set last_name = 'Changed' where external_id = 'E5'`);
    const { ended, passed } = await send(staff);
    expect([passed, ended.job.counts.updated]).toEqual([19, 1]);
    expect((await send(staff)).passed).toBe(20);
  });

  test('are read when they name a manager and no group, since who manages nothing is not kept', async () => {
    const staffOf = rowsOf(1, 3, { EmployeeManagerID: 'E1' });
    await send(staffOf);
    expect((await send(staffOf)).passed).toBe(0);
    await at.db.pool.query(`update users set external_id = 'E9' where external_id = 'E1'`);
    expect((await send(staffOf.slice(1))).ended.rows.map(({ issues }) => issues.length)).toEqual([1, 1]);
  });

  test('are read when the feed says something else of rows, and passed over whatever it says of other things', async () => {
    await send(staff);
    const change = (policy: object): Promise<unknown> => at.db.knex('feeds').where({ id: firm.feed.id }).update({ policy: JSON.stringify({ ...firm.feed.policy, ...policy }) });
    await change({ emailLanguage: 'sv' });
    expect((await send(staff)).passed).toBe(20);
    await change({ unknownGroup: 'skip' });
    expect((await send(staff)).passed).toBe(0);
    expect((await send(staff)).passed).toBe(20);
  });

  test('are read as long as there is something to tell of them', async () => {
    const warned = rowsOf(1, 5, { EmployeeManagerID: 'Nobody' });
    await send(warned);
    const { ended, passed } = await send(warned);
    expect(passed).toBe(0);
    expect(ended.rows.every(({ result, issues }) => result === 'unchanged' && issues.length === 1)).toBe(true);
  });
});
