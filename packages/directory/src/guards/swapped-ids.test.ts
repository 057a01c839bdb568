import { beforeAll, expect, test } from '@jest/globals';
import { testDatabase } from '@rosterport/testing';
import { company, domainOf, type Company, type UserCells } from '../testing/company.ts';
import { onlyGuards, staff } from '../testing/staff.ts';

const at = testDatabase();
let firm: Company;

beforeAll(async () => {
  firm = await company(at.db);
  const reachedByPhone = (number: number): Partial<UserCells> => ({ email: undefined, phone: `+4670123450${number}` });
  await firm.run({ users: [...staff(30), ...staff(3, (number) => ({ id: `P${number}`, ...reachedByPhone(number) }))] });
});

/** Names and e-mails of E1 and so on; P1 and so on have phones and no e-mail. */
const name = (of: string): Partial<UserCells> => ({ firstName: 'First', lastName: of });
const email = (of: string): Partial<UserCells> => ({ email: `${of.toLowerCase()}@${domainOf(firm.tenantId)}` });
const phone = (number: number): Partial<UserCells> => ({ email: undefined, phone: `+4670123450${number}` });

test.each<readonly [what: string, users: () => readonly UserCells[], found: string | null]>([
  ['another name and e-mail at once', () => [{ id: 'E1', ...name('New'), ...email('New') }], 'E1'],
  ['another name, the same e-mail', () => [{ id: 'E1', ...name('New') }], null],
  ['the same name in another case, another e-mail', () => [{ id: 'E1', firstName: 'FIRST', lastName: 'e1', ...email('New') }], null],
  ['another e-mail, the same name', () => [{ id: 'E1', ...email('New') }], null],
  ['another name, the same e-mail in another case', () => [{ id: 'E1', ...name('New'), email: `E1@${domainOf(firm.tenantId)}` }], null],
  ['two who exchange names and e-mails', () => [{ id: 'E1', ...name('E2'), ...email('E2') }, { id: 'E2', ...name('E1'), ...email('E1') }], 'E1, E2'],
  ['two who exchange names', () => [{ id: 'E1', ...name('E2') }, { id: 'E2', ...name('E1') }], 'E1, E2'],
  ['two who exchange e-mails', () => [{ id: 'E2', ...email('E1') }, { id: 'E1', ...email('E2') }], 'E2, E1'],
  ['one who gets the name that another gave up', () => [{ id: 'E1', ...name('E2') }, { id: 'E2', ...name('New') }], null],
  ['one who gets the e-mail that another gave up', () => [{ id: 'E1', ...email('E2') }, { id: 'E2', ...email('New') }], null],
  ['another name and phone where there is no e-mail', () => [{ id: 'P1', ...name('New'), ...phone(9) }], 'P1'],
  ['another name, and an e-mail for the first time', () => [{ id: 'P1', ...name('New'), ...email('New') }], null],
  ['two who exchange phones', () => [{ id: 'P1', ...name('P1'), ...phone(2) }, { id: 'P2', ...name('P2'), ...phone(1) }], 'P1, P2'],
  ['a row that is refused', () => [{ id: 'E1', ...name('New'), ...email('New'), faulty: true }], null],
  ['somebody new', () => [{ id: 'N1' }], null],
  [
    'a column that slipped by a row',
    () => staff(30, (number) => ({ ...name(`E${(number % 30) + 1}`), ...email(`E${(number % 30) + 1}`) })),
    'E1, E2, E3, E4, E5, E6, E7, E8, E9, E10 and 20 more',
  ],
])('%s', async (_what, users, found) => {
  const breaches = await firm.judge({ users: users(), policy: onlyGuards({ swappedIds: true }) });
  expect(breaches.map((breach) => [breach.code, breach.found])).toEqual(found === null ? [] : [['validateSwappedIds', found]]);
  expect(await firm.judge({ users: users(), policy: onlyGuards({}) })).toEqual([]);
});
