import type { ExpectedFile } from '@rosterport/domain';
import { Cron } from 'croner';

const mostMinutes = 24 * 60;

/** Why a file cannot be expected so; `null` when it can. */
export function expectedFileProblem({ schedule, timeZone, graceMinutes }: ExpectedFile): string | null {
  if (typeof timeZone !== 'string' || !isTimeZone(timeZone)) return 'the time zone is a name such as Europe/Stockholm';
  if (typeof schedule !== 'string' || !hasRuns(schedule, timeZone)) {
    return 'the schedule has five fields of cron with moments to come: minute, hour, day of month, month, day of week';
  }
  const isGrace = Number.isSafeInteger(graceMinutes) && graceMinutes >= 1 && graceMinutes <= mostMinutes;
  return isGrace ? null : `the grace is a whole number of minutes from 1 to ${mostMinutes}`;
}

/** By name: an offset such as +01:00 knows no summer time. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function hasRuns(schedule: string, timeZone: string): boolean {
  // The library has names for some schedules, such as @daily.
  if (schedule.length > 200 || schedule.trim().split(/\s+/).length !== 5) return false;
  try {
    return new Cron(schedule, { timezone: timeZone, mode: '5-part', paused: true }).nextRun() !== null;
  } catch {
    return false;
  }
}
