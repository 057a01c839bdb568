import { isFinal, type FailureKind, type Job } from '@rosterport/domain';

/** What a script learns from a command; one meaning a number. */
export const exitCodes = {
  ok: 0,
  faulty: 1,
  invalid: 2,
  refused: 3,
  missing: 4,
  unavailable: 5,
  conflict: 6,
  broken: 70,
} as const;

/** One of the numbers that a command ends with. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What each exit code means, for `--help`. */
export const exitCodeMeanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  ok: 'done; of a file that was sent or checked: no row has an error',
  faulty: 'the file has errors: it was rejected or held, or some of its rows were rejected',
  invalid: 'the command, a setting or a value is not right; the same command fails again',
  refused: 'not allowed: a missing or wrong token, a missing right, a file that may not be read',
  missing: 'there is no such file, job, tenant or credential',
  unavailable: 'the server or the database is away or busy; try again',
  conflict: 'it exists already, another process holds it, or the job is not in a state for that',
  broken: 'something broke that nobody foresaw',
};

/** The exit code of each kind of failure. */
export function exitCodeOf(kind: FailureKind): ExitCode {
  switch (kind) {
    case 'invalid':
    case 'too-large':
      return exitCodes.invalid;
    case 'refused':
    case 'unauthenticated':
      return exitCodes.refused;
    case 'missing':
      return exitCodes.missing;
    case 'busy':
    case 'unavailable':
      return exitCodes.unavailable;
    case 'conflict':
      return exitCodes.conflict;
    case 'broken':
      return exitCodes.broken;
  }
}

/** The exit code of a job that was waited for: only a job whose every row went through is `ok`. */
export function exitCodeOfJob(job: Pick<Job, 'state' | 'counts'>): ExitCode {
  if (job.state === 'failed') return exitCodes.broken;
  if (!isFinal(job.state)) return exitCodes.faulty;
  const wentThrough = job.state === 'applied' || job.state === 'previewed';
  return wentThrough && job.counts.rejected === 0 ? exitCodes.ok : exitCodes.faulty;
}
