import { beforeAll, expect, test } from '@jest/globals';
import { testDatabase } from '@rosterport/testing';
import { company, type Company } from '../testing/company.ts';
import { onlyGuards, staff } from '../testing/staff.ts';
import type { FileTimes } from './guard.ts';

const at = testDatabase();
let firm: Company;

beforeAll(async () => {
  firm = await company(at.db);
});

const time = (hour: number): string => `2026-01-02T${String(hour).padStart(2, '0')}:00:00.000Z`;
const times = (receivedAt: number, modifiedAt: number | null = null): FileTimes => ({
  receivedAt: time(receivedAt),
  modifiedAt: modifiedAt === null ? null : time(modifiedAt),
});

test.each<readonly [what: string, file: FileTimes, last: FileTimes | null, breach: readonly [found: string, expected: string] | null]>([
  ['the first file', times(9), null, null],
  ['received later', times(10), times(9), null],
  ['received at the same moment', times(9), times(9), null],
  ['received earlier', times(8), times(9), [time(8), time(9)]],
  ['received later, changed earlier', times(10, 6), times(9, 7), [time(6), time(7)]],
  ['received earlier, changed later', times(8, 7), times(9, 6), null],
  ['changed at the same moment', times(8, 7), times(9, 7), null],
  ['changed a minute earlier', { receivedAt: time(10), modifiedAt: '2026-01-02T06:59:00.000Z' }, times(9, 7), null],
  ['changed more than a minute earlier', { receivedAt: time(10), modifiedAt: '2026-01-02T06:58:59.999Z' }, times(9, 7), ['2026-01-02T06:58:59.999Z', time(7)]],
  ['only the one before says when it was changed', times(10), times(9, 11), null],
  ['only this one says when it was changed', times(8, 11), times(9), [time(8), time(9)]],
])('%s', async (_what, file, lastApplied, breach) => {
  const given = { users: staff(1), policy: onlyGuards({ olderFile: true }) };
  const breaches = await firm.judge(given, { file, history: { lastApplied } });
  expect(breaches.map(({ code, found, expected }) => [code, found, expected])).toEqual(breach === null ? [] : [['validateFileAge', ...breach]]);
  expect(await firm.judge({ ...given, policy: onlyGuards({}) }, { file, history: { lastApplied } })).toEqual([]);
});
