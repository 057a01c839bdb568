import { expect, test } from '@jest/globals';
import { testDatabase } from '@rosterport/testing';

import { keepBan, liftBan, listBans, recentBans } from './bans.ts';

const database = testDatabase();
const minute = 60_000;

test('bans are kept for all, the longer of two stays, and what ended lately is known', async () => {
  const { db } = database;
  await keepBan(db, { source: '192.0.2.1', reason: 'loginRefused', times: 1, leftMs: 10 * minute });
  await keepBan(db, { source: '192.0.2.1', reason: 'floods', times: 2, leftMs: minute });
  await keepBan(db, { source: '2001:db8::/64', reason: 'floods', times: 3, leftMs: 20 * minute });
  await keepBan(db, { source: '192.0.2.2', reason: 'floods', times: 1, leftMs: -minute });
  expect((await listBans(db)).map(({ source, reason, times }) => [source, reason, times])).toEqual([
    ['2001:db8::/64', 'floods', 3],
    ['192.0.2.1', 'loginRefused', 1],
  ]);
  expect((await recentBans(db, 10)).map(({ source, times, leftMs }) => [source, times, leftMs > 0])).toEqual([
    ['2001:db8::/64', 3, true],
    ['192.0.2.1', 1, true],
    ['192.0.2.2', 1, false],
  ]);
  expect(await recentBans(db, 1)).toHaveLength(1);
  expect([await liftBan(db, '192.0.2.1'), await liftBan(db, '192.0.2.1')]).toEqual([true, false]);
  expect((await listBans(db)).map(({ source }) => source)).toEqual(['2001:db8::/64']);
});

test('those that ended a day ago are forgotten', async () => {
  const { db } = database;
  await keepBan(db, { source: '192.0.2.3', reason: 'floods', times: 1, leftMs: -25 * 60 * minute });
  expect((await recentBans(db, 10)).map(({ source }) => source)).not.toContain('192.0.2.3');
  const { rows } = await db.pool.query('select 1 from bans where source = $1', ['192.0.2.3']);
  expect(rows).toEqual([]);
});
