import { describe, expect, test } from '@jest/globals';
import { rowsOf } from './testing/firm.ts';
import { openFirm, type Firm } from './testing/firm.ts';
import { temporaryFolder, testDatabase } from '@rosterport/testing';

const at = testDatabase();
const folder = temporaryFolder();

async function firmOf(sieveFrom: number): Promise<Firm> {
  const firm = await openFirm({ database: at.db, folder });
  Object.assign(firm.context, { sieveFrom });
  return firm;
}

describe('rows that say nothing new', () => {
  test('are passed over', async () => {
    const firm = await firmOf(0);
    const rows = rowsOf(1, 20);
    await firm.sendPeople(rows);
    const { rows: hashed } = await at.db.pool.query("select count(*)::int as n from users where row_hash is not null");
    expect(hashed).toEqual([{ n: 20 }]);
    const second = await firm.sendPeople(rows, { mode: 'full' });
    expect(second.job.state).toBe('applied');
    expect(second.job.counts).toMatchObject({ unchanged: 20 });
    const third = await firm.sendPeople([...rows.slice(1, 19), { id: 'E1', First: 'Other' }, { id: 'E30' }], { mode: 'full' });
    expect(third.job.counts).toMatchObject({ unchanged: 18, updated: 1, created: 1 });
    expect(third.job.changes).toMatchObject({ usersDeactivated: 1 });
    expect(third.rows.map(({ row, externalId, result }) => `${row} ${externalId} ${result}`)).toMatchInlineSnapshot(`
[
  "2 E2 unchanged",
  "3 E3 unchanged",
  "4 E4 unchanged",
  "5 E5 unchanged",
  "6 E6 unchanged",
  "7 E7 unchanged",
  "8 E8 unchanged",
  "9 E9 unchanged",
  "10 E10 unchanged",
  "11 E11 unchanged",
  "12 E12 unchanged",
  "13 E13 unchanged",
  "14 E14 unchanged",
  "15 E15 unchanged",
  "16 E16 unchanged",
  "17 E17 unchanged",
  "18 E18 unchanged",
  "19 E19 unchanged",
  "20 E1 updated",
  "21 E30 created",
]
`);
    await firm.close();
  });
});
