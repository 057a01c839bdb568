import { beforeAll, expect, test } from '@jest/globals';
import { defaultGuardLimits, type GuardLimits } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { company, domainOf, type Company } from '../testing/company.ts';
import { onlyGuards, staff } from '../testing/staff.ts';

const at = testDatabase();
let firm: Company;

beforeAll(async () => {
  firm = await company(at.db);
  await firm.run({ users: staff(60) });
});

type Limit = GuardLimits['deactivations'];
const byDefault = defaultGuardLimits.deactivations;

test.each<readonly [what: string, gone: number, lastDay: number, limit: Limit, found: string | null]>([
  ['exactly the share', 6, 0, byDefault, null],
  ['one more', 7, 0, byDefault, '7 of 60 people (11.7 %)'],
  ['beyond the share, exactly the number', 5, 0, { share: 0.05, people: 5 }, null],
  ['beyond the share, one more', 6, 0, { share: 0.05, people: 5 }, '6 of 60 people (10 %)'],
  ['beyond the number only', 10, 0, { share: 0.5, people: 5 }, null],
  ['nobody may go', 1, 0, { share: 0, people: 0 }, '1 of 60 people (1.7 %)'],
  ['with those of the last day exactly the share', 2, 4, byDefault, null],
  ['with those of the last day one more', 3, 4, byDefault, '7 of 60 people (11.7 %, 4 of them by earlier files of the last 24 hours)'],
  ['only those of the last day', 0, 40, byDefault, null],
  ['everybody, but off', 60, 0, null, null],
])('%s', async (_what, gone, lastDay, limit, found) => {
  const facts = { history: { deactivatedLastDay: lastDay } };
  const policy = onlyGuards({ deactivations: limit });
  const byCell = await firm.judge({ users: staff(60, (number) => (number <= gone ? { active: false } : {})), policy }, facts);
  expect(byCell.map((breach) => [breach.code, breach.found])).toEqual(found === null ? [] : [['validateDeactivationShare', found]]);
  const byAbsence = await firm.judge({ users: staff(60, (number) => ({ id: `E${number + gone}` })), policy, mode: 'full' }, facts);
  expect(byAbsence).toEqual(byCell);
});

test('a row that is refused, and one that only updates, takes nobody away', async () => {
  const policy = onlyGuards({ deactivations: { share: 0, people: 0 } });
  const users = staff(60, (number) => (number <= 30 ? { faulty: true } : { language: 'sv' }));
  expect(await firm.judge({ users, policy, mode: 'full' })).toEqual([]);
});

test('while the source manages nobody there is no share', async () => {
  const { tenantId, judge } = await company(at.db);
  const email = `hand@${domainOf(tenantId)}`;
  const made = { first_name: 'By', last_name: 'Hand', name_key: 'by hand', email, email_key: email };
  await at.db.knex('users').insert({ tenant_id: tenantId, ...made });
  const users = [{ id: 'E1', email, active: false }];
  expect(await judge({ users, policy: onlyGuards({ deactivations: { share: 0, people: 0 } }) })).toEqual([]);
});
