import { beforeAll, expect, test } from '@jest/globals';
import { defaultGuardLimits, type GuardLimits, type JobId } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { company, domainOf, type Company, type UserCells } from '../testing/company.ts';
import { onlyGuards, staff } from '../testing/staff.ts';

const at = testDatabase();
let firm: Company;
/** Jobs of the last day that updated the last so many of the staff. */
const updatedBefore = new Map<number, JobId>();

beforeAll(async () => {
  firm = await company(at.db);
  await firm.run({ users: staff(20, () => ({ groups: ['D1'] })) });
  for (const [people, language] of [[10, 'sv'], [11, 'no'], [20, 'da']] as const) {
    const { jobId } = await firm.run({ users: staff(20, (number) => (number > 20 - people ? { language } : {})) });
    updatedBefore.set(people, jobId);
  }
});

type Limit = GuardLimits['updates'];
const byDefault = defaultGuardLimits.updates;

test.each<readonly [what: string, changed: number, lastDay: 0 | 10 | 11 | 20, limit: Limit, found: string | null]>([
  ['exactly the share', 15, 0, byDefault, null],
  ['one more', 16, 0, byDefault, '16 of 20 people (80 %)'],
  ['exactly the feed’s own share', 6, 0, { share: 0.3 }, null],
  ['one more than that', 7, 0, { share: 0.3 }, '7 of 20 people (35 %)'],
  ['with those of the last day exactly the share', 5, 10, byDefault, null],
  ['with those of the last day one more', 5, 11, byDefault, '16 of 20 people (80 %, 11 of them by earlier files of the last 24 hours)'],
  ['only those of the last day', 0, 20, byDefault, null],
  ['those of the last day once more', 20, 20, { share: 1 }, null],
  ['all, but off', 20, 0, null, null],
])('%s', async (_what, changed, lastDay, limit, found) => {
  const users = staff(20, (number) => (number <= changed ? { language: 'de' } : {}));
  const job = updatedBefore.get(lastDay);
  const history = { updatedLastDay: lastDay, jobsLastDay: job === undefined ? [] : [job] };
  const breaches = await firm.judge({ users, policy: onlyGuards({ updates: limit }) }, { history });
  expect(breaches.map((breach) => [breach.code, breach.found])).toEqual(found === null ? [] : [['validateUpdateShare', found]]);
});

const groupOf = (group: string): Partial<UserCells> => ({ groups: [group] });

test.each<readonly [what: string, users: readonly UserCells[], breaches: number]>([
  ['new groups are updates', staff(20, () => groupOf('D2')), 1],
  ['the same groups are none', staff(20, () => groupOf('D1')), 0],
  ['rows that are refused are none', staff(20, () => ({ language: 'sv', faulty: true })), 0],
  ['people who go are none', staff(20, () => ({ active: false })), 0],
  ['new people are none', staff(20, (number) => ({ id: `N${number}` })), 0],
])('%s', async (_what, users, breaches) => {
  expect(await firm.judge({ users, policy: onlyGuards({ updates: byDefault }) })).toHaveLength(breaches);
});

test('who was made in the last 24 hours was not updated, also when another file of them gave a group', async () => {
  const { run, judge } = await company(at.db);
  const made = await run({ users: staff(4) });
  const moved = await run({ users: staff(4, () => groupOf('D1')) });
  const policy = onlyGuards({ updates: { share: 0.3 } });
  const told = async (jobs: readonly JobId[]): Promise<readonly (string | null)[]> =>
    (await judge({ users: [{ id: 'E1', language: 'sv' }], policy }, { history: { updatedLastDay: 4, jobsLastDay: jobs } })).map(({ found }) => found);
  expect(await told([made.jobId, moved.jobId])).toEqual([]);
  expect(await told([moved.jobId])).toEqual(['4 of 4 people (100 %, 3 of them by earlier files of the last 24 hours)']);
});

test('while the source manages nobody there is no share', async () => {
  const { tenantId, judge } = await company(at.db);
  const email = `hand@${domainOf(tenantId)}`;
  const made = { first_name: 'By', last_name: 'Hand', name_key: 'by hand', email, email_key: email };
  await at.db.knex('users').insert({ tenant_id: tenantId, ...made });
  expect(await judge({ users: [{ id: 'E1', email }], policy: onlyGuards({ updates: { share: 0 } }) })).toEqual([]);
});
