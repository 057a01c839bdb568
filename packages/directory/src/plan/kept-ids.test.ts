import { expect, test } from '@jest/globals';
import { testDatabase } from '@rosterport/testing';
import { company, type UserCells } from '../testing/company.ts';

const at = testDatabase();
const refused: readonly string[] = ['NEW'];

// The e-mail tells that the person of E1 is called E2 from now on, and E1 somebody else; but the row that says so may be refused.
test.each<{ what: string; users: readonly UserCells[]; rows: readonly string[]; told: readonly string[]; ids: readonly string[] }>([
  {
    what: 'is free when its bearer gets another',
    users: [{ id: 'E1' }, { id: 'E2', email: 'a' }],
    rows: ['2 created', '3 updated'],
    told: [],
    ids: ['E1', 'E2', 'E9'],
  },
  {
    what: 'stays with its bearer when that row is refused',
    users: [{ id: 'E1' }, { id: 'E2', email: 'a', groups: refused }],
    rows: ['2 rejected validateRowsTogether', '3 rejected validateGroupExists'],
    told: ['2 E1: row 3', '3 NEW: this feed takes no new groups'],
    ids: ['E1', 'E9'],
  },
  {
    what: 'stays with its bearer for each who would have got the id of the one before',
    users: [{ id: 'E8' }, { id: 'E1', email: 'c' }, { id: 'E2', email: 'a', groups: refused }],
    rows: ['2 created', '3 rejected validateRowsTogether', '4 rejected validateGroupExists'],
    told: ['3 E1: row 4', '4 NEW: this feed takes no new groups'],
    ids: ['E1', 'E8', 'E9'],
  },
])('an id $what', async ({ users, rows, told, ids }) => {
  const { tenantId, run } = await company(at.db);
  // E-mails are unique among all tenants.
  const own = (rows: readonly UserCells[]): UserCells[] => rows.map((row) => (row.email == null ? row : { ...row, email: `${row.email}@${tenantId}` }));
  await run({ users: own([{ id: 'E1', email: 'a' }, { id: 'E9', email: 'c' }]) });
  const ran = await run({ users: own(users), matchesByEmail: true, policy: { unknownGroup: 'reject' } });
  expect({ rows: ran.rows, told: ran.told }).toEqual({ rows, told });
  const { rows: people } = await at.db.pool.query<{ id: string }>('select external_id as id from users where tenant_id = $1 order by external_id', [tenantId]);
  expect(people.map(({ id }) => id)).toEqual(ids);
});
