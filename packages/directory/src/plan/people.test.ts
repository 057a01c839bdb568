import { expect, test } from '@jest/globals';
import { testDatabase } from '@rosterport/testing';
import { listUsers } from '../read/users.ts';
import { company, type UserCells } from '../testing/company.ts';

const at = testDatabase();

test.each<readonly [what: string, rows: readonly UserCells['groups'][], after: readonly string[]]>([
  ['all say that there are no groups', [[], []], []],
  ['one says so, the other nothing', [[], undefined], []],
  ['one says so, the other names one', [[], ['D1']], ['D1']],
  ['each names one', [['D1'], ['D3']], ['D1', 'D3']],
  ['none says anything', [undefined, undefined], ['D1', 'D2']],
])('the groups of somebody in two rows, where %s', async (_what, rows, after) => {
  const { tenantId, run } = await company(at.db);
  await run({ users: [{ id: 'E1', groups: ['D1', 'D2'] }] });
  await run({ users: rows.map((groups) => ({ id: 'E1', ...(groups === undefined ? {} : { groups }) })) });
  const { items } = await listUsers(at.db, tenantId, { limit: 10 });
  expect(items[0]?.groups.map((group) => group.externalId)).toEqual(after);
});
