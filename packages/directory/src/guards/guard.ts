import type { GuardName, Issue, JobId, Mode } from '@rosterport/domain';
import type { Plan } from '../plan/plan.ts';
import type { JobContext } from '../work/job-context.ts';

/** What was done by earlier files, as far as guards ask. */
export interface FeedHistory {
  /** People of the source that files deactivated in the last 24 hours, without what was undone or approved by a person. */
  readonly deactivatedLastDay: number;
  /** How many updates of people there were in those 24 hours, also such of one and the same. */
  readonly updatedLastDay: number;
  /** The files of those 24 hours that updated anybody, without the same ones. */
  readonly jobsLastDay: readonly JobId[];
  /** Rows of users in the last full file of the feed that was applied; `null` when there is none. */
  readonly lastFullRows: number | null;
  /** The last file of the feed with the same kinds of record that was applied; `null` when there is none. */
  readonly lastApplied: FileTimes | null;
}

/** When a file came to be. Times are ISO 8601 in UTC. */
export interface FileTimes {
  readonly receivedAt: string;
  /** What the sender said of its last change; `null` when nothing was said. */
  readonly modifiedAt: string | null;
}

/** What a guard can know besides the plan. */
export interface GuardFacts {
  readonly mode: Mode;
  readonly file: FileTimes;
  readonly history: FeedHistory;
  /** True when the last line of the file has no line end. */
  readonly lacksLineEnd: boolean;
  /** What the plan says of itself. */
  readonly plan: Pick<Plan, 'file' | 'changes'>;
  /** Counts the source's active managed people before the job, of whom more than `most` need not be counted. */
  readonly managedPeople: (most: number) => Promise<number>;
}

/** One guard: it looks at a plan that lies in the work tables, and changes nothing. */
export interface Guard {
  readonly name: GuardName;
  /** The breaches, mostly one, with found and expected in words; none when the plan is within the limit or the guard is off. */
  look(context: JobContext, facts: GuardFacts): Promise<readonly Issue[]>;
}
