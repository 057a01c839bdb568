import type { ExpectedFile, FieldProblem } from '@rosterport/domain';
import { Cron } from 'croner';

const mostMinutes = 24 * 60;

const scheduleRule = 'the schedule has five fields of cron with moments to come: minute, hour, day of month, month, day of week';

/** Everything because of which a file cannot be expected so; nothing is taken on trust. */
export function expectedFileProblems({ schedule, timeZone, graceMinutes }: ExpectedFile): readonly FieldProblem[] {
  const isZone = typeof timeZone === 'string' && isTimeZone(timeZone);
  const isSchedule = typeof schedule === 'string' && hasRuns(schedule, isZone ? timeZone : 'UTC');
  const isGrace = Number.isSafeInteger(graceMinutes) && graceMinutes >= 1 && graceMinutes <= mostMinutes;
  return [
    ...(isSchedule ? [] : [{ field: 'policy.expected.schedule', problem: schedule === '' ? 'a time zone and a grace need a schedule' : scheduleRule }]),
    ...(isZone ? [] : [{ field: 'policy.expected.timeZone', problem: 'the time zone is a name such as Europe/Stockholm' }]),
    ...(isGrace ? [] : [{ field: 'policy.expected.graceMinutes', problem: `the grace is a whole number of minutes from 1 to ${mostMinutes}` }]),
  ];
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
