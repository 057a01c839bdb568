import { beforeAll, expect, test } from '@jest/globals';
import type { Mode } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { company, type Company } from '../testing/company.ts';
import { onlyGuards, staff } from '../testing/staff.ts';

const at = testDatabase();
let firm: Company;

beforeAll(async () => {
  firm = await company(at.db);
  await firm.run({ users: staff(10) });
});

interface Case {
  readonly unreadable: number;
  /** How many rows follow whose ids can be read. */
  readonly named: number;
  readonly mode?: Mode;
  readonly guard?: boolean;
}

test.each<readonly [what: string, given: Case, breach: readonly [found: string, expected: string] | null]>([
  ['somebody is absent', { unreadable: 1, named: 9 }, ['1 row', '1 person']],
  ['several are absent', { unreadable: 2, named: 7 }, ['2 rows', '3 people']],
  ['nobody is absent', { unreadable: 1, named: 10 }, null],
  ['every id can be read', { unreadable: 0, named: 9 }, null],
  ['a delta', { unreadable: 1, named: 9, mode: 'delta' }, null],
  ['off', { unreadable: 1, named: 9, guard: false }, null],
])('%s', async (_what, { unreadable, named, mode = 'full', guard = true }, breach) => {
  const users = [...staff(unreadable, (number) => ({ id: `?${number}`, unreadable: true })), ...staff(named)];
  const breaches = await firm.judge({ users, mode, policy: onlyGuards({ unreadableIds: guard }) });
  expect(breaches.map(({ code, found, expected }) => [code, found, expected])).toEqual(breach === null ? [] : [['validateReadableIds', ...breach]]);
});

test('somebody who goes by a cell is not absent', async () => {
  const users = [{ id: '?', unreadable: true }, ...staff(10, (number) => ({ active: number > 5 }))];
  expect(await firm.judge({ users, mode: 'full', policy: onlyGuards({ unreadableIds: true }) })).toEqual([]);
});
