import { beforeAll, expect, test } from '@jest/globals';
import { defaultGuardLimits, type GuardLimits, type Mode } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { company, type Company } from '../testing/company.ts';
import { onlyGuards, staff } from '../testing/staff.ts';

const at = testDatabase();
let firm: Company;

beforeAll(async () => {
  firm = await company(at.db);
  await firm.run({ users: staff(3) });
});

interface Case {
  readonly rows: number;
  readonly last: number | null;
  readonly mode?: Mode;
  readonly limit?: GuardLimits['missingRows'];
}

test.each<readonly [what: string, given: Case, breach: readonly [found: string, expected: string] | null]>([
  ['exactly half', { rows: 5, last: 10 }, null],
  ['one fewer than half', { rows: 4, last: 10 }, ['4 rows', '5 rows (50 % of 10)']],
  ['half of an odd number', { rows: 6, last: 11 }, null],
  ['fewer than half of an odd number', { rows: 5, last: 11 }, ['5 rows', '6 rows (50 % of 11)']],
  ['exactly the feed’s own share', { rows: 9, last: 10, limit: { share: 0.9 } }, null],
  ['one fewer than that', { rows: 8, last: 10, limit: { share: 0.9 } }, ['8 rows', '9 rows (90 % of 10)']],
  ['more than before', { rows: 30, last: 10 }, null],
  ['a first full file', { rows: 1, last: null }, null],
  ['a delta', { rows: 1, last: 100, mode: 'delta' }, null],
  ['no rows of people at all', { rows: 0, last: 100 }, null],
  ['a single row, but off', { rows: 1, last: 100, limit: null }, null],
])('%s', async (_what, { rows, last, mode = 'full', limit = defaultGuardLimits.missingRows }, breach) => {
  const policy = onlyGuards({ missingRows: limit });
  const breaches = await firm.judge({ groups: [{ id: 'D1' }], users: staff(rows), mode, policy }, { history: { lastFullRows: last } });
  expect(breaches.map(({ code, found, expected }) => [code, found, expected])).toEqual(breach === null ? [] : [['validateRowCount', ...breach]]);
});

test('while the source manages nobody there is no share', async () => {
  const { judge } = await company(at.db);
  const policy = onlyGuards({ missingRows: { share: 1 } });
  expect(await judge({ users: staff(1), mode: 'full', policy }, { history: { lastFullRows: 100 } })).toEqual([]);
});
