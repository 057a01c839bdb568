import { expect, test } from '@jest/globals';
import { latestMoment } from './expected-moment.ts';

const daily = '0 6 * * *';
const night = '30 2 * * *';

test.each([
  ['just before the grace is over', daily, 'UTC', 30, '2026-11-22T06:29:59.999Z', '2026-11-21T06:00:00.000Z'],
  ['when the grace is just over', daily, 'UTC', 30, '2026-11-22T06:30:00.000Z', '2026-11-22T06:00:00.000Z'],
  ['without a grace, at the moment itself', daily, 'UTC', 0, '2026-11-22T06:00:00.000Z', '2026-11-22T06:00:00.000Z'],
  ['on working days, on a Sunday', '0 6 * * 1-5', 'America/New_York', 60, '2026-11-22T12:00:00.000Z', '2026-11-20T11:00:00.000Z'],
  ['in a zone with half an hour', '0 5 * * *', 'Asia/Kolkata', 0, '2026-11-22T06:00:00.000Z', '2026-11-21T23:30:00.000Z'],
  ['in winter', daily, 'Europe/Stockholm', 0, '2026-01-10T12:00:00.000Z', '2026-01-10T05:00:00.000Z'],
  ['in summer', daily, 'Europe/Stockholm', 0, '2026-07-10T12:00:00.000Z', '2026-07-10T04:00:00.000Z'],
  ['in the night that leaves the hour out', night, 'Europe/Stockholm', 0, '2026-03-29T12:00:00.000Z', '2026-03-29T01:00:00.000Z'],
  ['in the night that has the hour twice', night, 'Europe/Stockholm', 0, '2026-10-25T12:00:00.000Z', '2026-10-25T00:30:00.000Z'],
  ['a day after that night', night, 'Europe/Stockholm', 0, '2026-10-26T12:00:00.000Z', '2026-10-26T01:30:00.000Z'],
  ['of two hours, in the night that has one of them twice', '30 2,3 * * *', 'Europe/Stockholm', 0, '2026-10-25T01:59:00.000Z', '2026-10-25T00:30:00.000Z'],
  ['every hour, in the night that has one of them twice', '0 * * * *', 'Europe/Stockholm', 0, '2026-10-25T01:30:00.000Z', '2026-10-25T01:00:00.000Z'],
  ['on the last day of February', '0 6 29 2 *', 'UTC', 0, '2026-11-22T06:00:00.000Z', '2024-02-29T06:00:00.000Z'],
])('%s', (_title, schedule, timeZone, graceMinutes, now, dueAt) => {
  const moment = latestMoment({ schedule, timeZone, graceMinutes }, new Date(now));
  expect(moment).toEqual({ dueAt: new Date(dueAt), from: new Date(Date.parse(dueAt) - graceMinutes * 60_000) });
});

test('a day that never comes is never due', () => {
  expect(latestMoment({ schedule: '0 6 30 2 *', timeZone: 'UTC', graceMinutes: 0 }, new Date(0))).toBeNull();
});

test.each([
  ['six fields', '0 0 6 * * *', 'UTC'],
  ['words', 'every day', 'UTC'],
  ['another planet', daily, 'Mars/Olympus'],
])('%s cannot be read', (_title, schedule, timeZone) => {
  expect(() => latestMoment({ schedule, timeZone, graceMinutes: 0 }, new Date(0))).toThrow();
});
