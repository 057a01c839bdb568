import { beforeAll, describe, expect, test } from '@jest/globals';
import { defaultFeedPolicy, guardCodes, guardNames, issueCatalogue, type GuardName } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { company, domainOf, type Company, type FileCells } from '../testing/company.ts';
import { onlyGuards, staff } from '../testing/staff.ts';
import { guards } from './guards.ts';

const at = testDatabase();
let firm: Company;

beforeAll(async () => {
  firm = await company(at.db);
  await firm.run({ users: staff(20, (number) => ({ phone: `+467012345${number + 10}` })) });
});

test('the list holds each guard once, under the code that is promised for it', () => {
  expect(guards.map((guard) => guard.name)).toEqual([...guardNames]);
  expect(Object.keys(guardCodes).sort()).toEqual([...guardNames].sort());
  for (const code of Object.values(guardCodes)) expect(issueCatalogue[code].scope).toBe('guard');
});

/** A file in which everything is wrong at once: E1 to E6 stay, E7 comes under another id, E8 to E20 are gone. */
function worst(): FileCells {
  const mine = (id: string): string => `${id.toLowerCase()}@${domainOf(firm.tenantId)}`;
  return {
    mode: 'full',
    users: [
      { id: 'E1', lastName: 'E2', email: mine('E2'), phone: null },
      { id: 'E2', lastName: 'E1', email: mine('E1'), phone: null },
      ...['E3', 'E4', 'E5', 'E6'].map((id) => ({ id, phone: null })),
      { id: 'N7', email: mine('E7'), phone: null },
      { id: '?', unreadable: true },
    ],
    policy: { guards: { ...defaultFeedPolicy.guards, updates: { share: 0.2 } } },
  };
}

const facts = {
  file: { receivedAt: '2026-01-01T00:00:00.000Z' },
  history: { lastFullRows: 20, lastApplied: { receivedAt: '2026-01-02T00:00:00.000Z', modifiedAt: null } },
  lacksLineEnd: true,
};

describe('a file that breaches every guard', () => {
  test('is told all of it, in the order of the list', async () => {
    const breaches = await firm.judge(worst(), facts);
    expect(breaches.map((breach) => breach.code)).toEqual(guardNames.map((name) => guardCodes[name]));
    for (const { message, severity } of breaches) expect([message, severity]).toEqual([expect.not.stringMatching(/[{}]|null/), 'warning']);
  });

  test.each(guardNames.map((name) => [name]))('is told all but %s where that is overridden', async (name: GuardName) => {
    const breaches = await firm.judge(worst(), { ...facts, override: [name] });
    expect(breaches.map((breach) => breach.code)).toEqual(guardNames.filter((other) => other !== name).map((other) => guardCodes[other]));
  });

  test('is told nothing where the feed has turned every guard off', async () => {
    expect(await firm.judge({ ...worst(), ...{ policy: onlyGuards({}) } }, facts)).toEqual([]);
  });
});

test('a file that changes nothing breaches nothing', async () => {
  expect(await firm.judge({ users: staff(20), mode: 'full' }, { history: { deactivatedLastDay: 20, lastFullRows: 20 } })).toEqual([]);
});
