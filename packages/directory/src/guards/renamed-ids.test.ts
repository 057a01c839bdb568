import { beforeAll, expect, test } from '@jest/globals';
import type { Mode } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { company, domainOf, type Company, type UserCells } from '../testing/company.ts';
import { onlyGuards, staff } from '../testing/staff.ts';

const at = testDatabase();
let firm: Company;

beforeAll(async () => {
  firm = await company(at.db);
  await firm.run({ users: staff(15) });
  await firm.run({ users: staff(14), mode: 'full', policy: onlyGuards({}) });
  await firm.run({ users: [{ id: 'E14', active: false }] });
});

const emailOf = (id: string): Partial<UserCells> => ({ email: `${id.toLowerCase()}@${domainOf(firm.tenantId)}` });
const without = (ids: readonly string[]): readonly UserCells[] => staff(13).filter((user) => !ids.includes(user.id));

interface Case {
  readonly users: () => readonly UserCells[];
  readonly mode?: Mode;
}

// E15 is absent since a full file, E14 was made inactive by a cell; the others are active.
test.each<readonly [what: string, given: Case, found: string | null]>([
  ['an id vanishes, its e-mail comes under another', { users: () => [...without(['E1']), { id: 'N1', ...emailOf('E1') }] }, 'E1 -> N1'],
  [
    'two at once, in the order of the rows',
    { users: () => [{ id: 'N2', ...emailOf('E2') }, ...without(['E1', 'E2']), { id: 'N1', ...emailOf('E1') }] },
    'E2 -> N2, E1 -> N1',
  ],
  ['more than can be named', { users: () => staff(12, (number) => ({ id: `N${number}`, ...emailOf(`E${number}`) })) },
    `${Array.from({ length: 10 }, (_, index) => `E${index + 1} -> N${index + 1}`).join(', ')} and 2 more`],
  ['an id that vanished earlier, in a delta', { users: () => [{ id: 'N15', ...emailOf('E15') }], mode: 'delta' }, 'E15 -> N15'],
  ['an id that need not have vanished, since the file is a delta', { users: () => [{ id: 'N1', ...emailOf('E1') }], mode: 'delta' }, null],
  ['the id is still there', { users: () => [...without([]), { id: 'N1', ...emailOf('E1') }] }, null],
  ['the id is still there, though its row is refused', { users: () => [...without(['E1']), { id: 'E1', faulty: true }, { id: 'N1', ...emailOf('E1') }] }, null],
  ['the e-mail comes under two other ids', { users: () => [...without(['E1']), { id: 'N1', ...emailOf('E1') }, { id: 'N2', ...emailOf('E1') }] }, null],
  ['the e-mail comes under a known id', { users: () => [...without(['E1', 'E2']), { id: 'E2', ...emailOf('E1') }] }, null],
  ['the e-mail of somebody whom a cell made inactive', { users: () => [...without([]), { id: 'N14', ...emailOf('E14') }] }, null],
  ['the row under the other id is refused', { users: () => [...without(['E1']), { id: 'N1', ...emailOf('E1'), faulty: true }] }, null],
  ['an id vanishes, and nobody bears its e-mail', { users: () => [...without(['E1']), { id: 'N1' }] }, null],
])('%s', async (_what, { users, mode = 'full' }, found) => {
  const breaches = await firm.judge({ users: users(), mode, policy: onlyGuards({ renamedIds: true }) });
  expect(breaches.map((breach) => [breach.code, breach.found])).toEqual(found === null ? [] : [['validateRenamedIds', found]]);
  expect(await firm.judge({ users: users(), mode, policy: onlyGuards({}) })).toEqual([]);
});
