import type { ExpectedFile } from '@rosterport/domain';
import { Cron } from 'croner';

const minuteMs = 60_000;

/** A moment at which a file is expected, and the one from which on a file counts as that one. */
export interface ExpectedMoment {
  readonly dueAt: Date;
  readonly from: Date;
}

/**
 * The latest moment of the schedule whose grace is over at `now`; `null` when there is none. A moment that summer time leaves
 * out is the first one after the gap, and one that it repeats comes once; only schedules of every hour or minute go on as the
 * clock does.
 *
 * Throws when the schedule or the time zone cannot be read: policies are checked when they are stored.
 */
export function latestMoment({ schedule, timeZone, graceMinutes }: ExpectedFile, now: Date): ExpectedMoment | null {
  const grace = graceMinutes * minuteMs;
  // The moment that is just over counts, and the library gives what lies before the one that it is asked for.
  const before = new Date(now.getTime() - grace + 1);
  const options = { timezone: timeZone, mode: '5-part', fixedTimeRule: 'no-wildcard', paused: true } as const;
  const [dueAt] = new Cron(schedule, options).previousRuns(1, before);
  return dueAt === undefined ? null : { dueAt, from: new Date(dueAt.getTime() - grace) };
}
