import { beforeAll, expect, test } from '@jest/globals';
import { defaultGuardLimits, type FeedPolicy, type GuardLimits } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { company, domainOf, type Company, type UserCells } from '../testing/company.ts';
import { onlyGuards, staff } from '../testing/staff.ts';

const at = testDatabase();
let firm: Company;

const phoneOf = (number: number): string => `+467012345${String(number).padStart(2, '0')}`;

/** Twenty people, ten of whom have a city, five of whom are managers. */
beforeAll(async () => {
  firm = await company(at.db);
  await firm.run({
    users: staff(20, (number) => ({
      ...{ phone: phoneOf(number), language: 'sv', isManager: number <= 5, groups: ['D1'], manager: { by: 'id', value: 'E1' } },
      attributes: { Room: String(number), ...(number <= 10 ? { City: 'Lund' } : {}) },
    })),
  });
});

const policyOf = (limit: GuardLimits['emptiedColumns'] = defaultGuardLimits.emptiedColumns): Partial<FeedPolicy> =>
  onlyGuards({ emptiedColumns: limit });
const upTo = (count: number, cells: Partial<UserCells>) => (number: number): Partial<UserCells> => (number <= count ? cells : {});

test.each<readonly [what: string, users: readonly UserCells[], breaches: readonly (readonly [column: string, found: string])[]]>([
  ['exactly the share', staff(20, upTo(18, { phone: null })), []],
  ['one more', staff(20, upTo(19, { phone: null })), [['phoneNumber', '19 of 20 people (95 %)']]],
  ['an empty cell leaves the value', staff(20, () => ({ phone: undefined })), []],
  ['another value is a value', staff(20, (number) => ({ phone: phoneOf(number + 50) })), []],
  ['of the people of the file', staff(2, () => ({ language: null })), [['language', '2 of 2 people (100 %)']]],
  ['the value of one person is no column', staff(1, () => ({ language: null })), []],
  ['e-mails', staff(20, () => ({ email: null })), [['email', '20 of 20 people (100 %)']]],
  ['of those who have a value', staff(20, upTo(10, { attributes: { City: null } })), [['City', '10 of 10 people (100 %)']]],
  ['one attribute of two', staff(20, () => ({ attributes: { City: null, Room: 'x' } })), [['City', '10 of 10 people (100 %)']]],
  ['an attribute that nobody has', staff(20, () => ({ attributes: { Gone: null } })), []],
  ['managers', staff(20, () => ({ isManager: null })), [['isManager', '5 of 5 people (100 %)']]],
  ['nobody is a manager by a cell that says so', staff(20, () => ({ isManager: false })), []],
  ['groups', staff(20, () => ({ groups: [] })), [['groupId, groupName', '20 of 20 people (100 %)']]],
  ['other groups are groups', staff(20, () => ({ groups: ['D2'] })), []],
  ['who manages', staff(20, () => ({ manager: null })), [['managerId', '20 of 20 people (100 %)']]],
  ['rows that are refused do not count', staff(20, (number) => ({ language: null, faulty: number > 1 })), []],
  ['new people have had nothing', staff(20, (number) => ({ id: `N${number}`, phone: null })), []],
  [
    'several columns',
    staff(20, () => ({ phone: null, attributes: { City: null } })),
    [['City', '10 of 10 people (100 %)'], ['phoneNumber', '20 of 20 people (100 %)']],
  ],
])('%s', async (_what, users, breaches) => {
  const found = await firm.judge({ users, policy: policyOf() });
  expect(found.map((breach) => [breach.code, breach.column, breach.found])).toEqual(breaches.map((breach) => ['validateEmptiedColumns', ...breach]));
});

test.each<readonly [what: string, emptied: number, limit: GuardLimits['emptiedColumns'], breaches: number]>([
  ['exactly the feed’s own share', 10, { share: 0.5 }, 0],
  ['one more than that', 11, { share: 0.5 }, 1],
  ['all, but off', 20, null, 0],
])('%s', async (_what, emptied, limit, breaches) => {
  expect(await firm.judge({ users: staff(20, upTo(emptied, { phone: null })), policy: policyOf(limit) })).toHaveLength(breaches);
});

test('while the source manages nobody there is no share', async () => {
  const { tenantId, judge } = await company(at.db);
  const people = [1, 2].map((number) => {
    const email = `hand${number}@${domainOf(tenantId)}`;
    return { tenant_id: tenantId, first_name: 'By', last_name: 'Hand', name_key: 'by hand', email, email_key: email, language: 'sv' };
  });
  await at.db.knex('users').insert(people);
  const users = people.map(({ email }, index) => ({ id: `E${index}`, email, language: null }));
  expect(await judge({ users, policy: policyOf({ share: 0 }) })).toEqual([]);
});
