import { beforeAll, expect, test } from '@jest/globals';
import type { Mode } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { company, type Company } from '../testing/company.ts';
import { onlyGuards, staff } from '../testing/staff.ts';

const at = testDatabase();
let firm: Company;

beforeAll(async () => {
  firm = await company(at.db);
});

test.each<readonly [mode: Mode, lacksLineEnd: boolean, guard: boolean, codes: readonly string[]]>([
  ['full', true, true, ['validateWholeLastLine']],
  ['full', false, true, []],
  ['full', true, false, []],
  ['delta', true, true, []],
])('a %s file that lacks its line end: %s, guarded: %s', async (mode, lacksLineEnd, guard, codes) => {
  const policy = onlyGuards({ missingLineEnd: guard });
  const breaches = await firm.judge({ users: staff(2), mode, policy }, { lacksLineEnd });
  expect(breaches.map(({ code, found }) => [code, found])).toEqual(codes.map((code) => [code, null]));
});
