import { issue, type Issue } from '@rosterport/domain';

/**
 * Carries a finding out of the depth of a reader to its edge, where it becomes an event again. Never leaves this room.
 */
export class Unreadable extends Error {
  readonly issue: Issue;

  constructor(finding: Issue, cause?: unknown) {
    super(finding.message, { cause });
    this.issue = finding;
  }
}

/** The file is damaged: `what` says where, as in 'the archive has no directory'. */
export function damaged(what: string, cause?: unknown): Unreadable {
  return new Unreadable(issue('validateFileIsReadable', { expected: what }), cause);
}

/** The workbook is larger than a limit allows: `what` names the limit. */
export function beyondLimit(what: string): Unreadable {
  return new Unreadable(issue('validateWorkbookLimits', { expected: what }));
}

/** The finding that an error carries; every other error is thrown on. */
export function findingOf(error: unknown): Issue {
  if (error instanceof Unreadable) return error.issue;
  throw error;
}
