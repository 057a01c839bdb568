import type { Channel } from './channel.ts';
import type { JobIssue } from './job-issues.ts';
import type { JobId } from './ids.ts';
import type { Mode } from './mode.ts';
import type { Counts } from './row-result.ts';

/**
 * The states of a job, in words.
 *
 * - `staged`: the sealed file is known and waits for its turn.
 * - `waiting`: an earlier job of the same feed is held; this one goes back to `staged` when that one ends.
 * - `processing`: a processor holds the tenant's lock and walks the job through the steps. A try that fails goes back to
 *   `staged`.
 * - `held`: the plan is beyond a guard; nothing has changed, a person decides.
 * - `applied`: the plan is in the directory. A reverted job stays `applied` and bears `revertedBy`.
 * - `previewed`: a dry run came to its end; nothing has changed.
 * - `rejected`: the file as a whole was refused; nothing has changed.
 * - `discarded`: a person, or the sender before processing, took the job back; nothing has changed.
 * - `superseded`: a later file of the feed took its place; nothing has changed.
 * - `failed`: every try broke on our side; nothing has changed.
 */
export const jobStates = [
  'staged',
  'waiting',
  'processing',
  'held',
  'applied',
  'previewed',
  'rejected',
  'discarded',
  'superseded',
  'failed',
] as const;

/** The state of a job. */
export type JobState = (typeof jobStates)[number];

/** From each state, the states that may follow. */
export const jobTransitions: Readonly<Record<JobState, readonly JobState[]>> = {
  staged: ['processing', 'waiting', 'discarded', 'superseded'],
  waiting: ['staged', 'superseded', 'discarded'],
  processing: ['applied', 'previewed', 'held', 'rejected', 'failed', 'staged'],
  held: ['processing', 'discarded', 'superseded'],
  applied: [],
  previewed: [],
  rejected: [],
  discarded: [],
  superseded: [],
  failed: [],
};

/** True when nothing more will happen to a job in this state. */
export function isFinal(state: JobState): boolean {
  return jobTransitions[state].length === 0;
}

/** True when a job may go from the one state to the other. */
export function mayFollow(from: JobState, to: JobState): boolean {
  return jobTransitions[from].includes(to);
}

/**
 * What a job changed in the directory, counted per kind of record. It takes in what no row names (groups made by
 * reference, derived managers), so it need not agree with the counts of rows.
 */
export interface Changes {
  readonly usersCreated: number;
  readonly usersUpdated: number;
  readonly usersDeactivated: number;
  readonly usersReactivated: number;
  /** Only a revert removes people, groups and attributes: those that the reverted job made. */
  readonly usersRemoved: number;
  readonly groupsCreated: number;
  readonly groupsUpdated: number;
  readonly groupsRemoved: number;
  readonly membershipsAdded: number;
  readonly membershipsRemoved: number;
  readonly managersAdded: number;
  readonly managersRemoved: number;
  readonly attributesDefined: number;
  readonly attributesRemoved: number;
}

/** Changes with nothing in them. */
export const noChanges: Changes = {
  usersCreated: 0,
  usersUpdated: 0,
  usersDeactivated: 0,
  usersReactivated: 0,
  usersRemoved: 0,
  groupsCreated: 0,
  groupsUpdated: 0,
  groupsRemoved: 0,
  membershipsAdded: 0,
  membershipsRemoved: 0,
  managersAdded: 0,
  managersRemoved: 0,
  attributesDefined: 0,
  attributesRemoved: 0,
};

/** What a job comes from. */
export type JobKind = 'file' | 'revert';

/** What is told of a failure that ended a try. */
export interface JobFailure {
  readonly code: string;
  readonly message: string;
}

/** When what was kept of a job was removed, since its time was over; `null` for what is kept. ISO 8601 in UTC. */
export interface JobRemovals {
  /** The file as it was received. */
  readonly file: string | null;
  /** The row results, and what a held job or a dry run would have changed. */
  readonly rows: string | null;
  /** The journal, without which the job cannot be reverted. */
  readonly journal: string | null;
}

/** All that was kept of a job is there. */
export const nothingRemoved: JobRemovals = { file: null, rows: null, journal: null };

/** A job in the shape that every door shows. Times are ISO 8601 in UTC. */
export interface Job {
  readonly id: JobId;
  readonly state: JobState;
  /** A sealed file, or the revert of an earlier job. */
  readonly kind: JobKind;
  /** The name of the file; that of the reverted job's file for a revert. */
  readonly fileName: string;
  readonly channel: Channel;
  /** Name of the feed. */
  readonly feed: string;
  readonly mode: Mode;
  readonly dryRun: boolean;
  readonly receivedAt: string;
  /** `null` until the job's state is final. */
  readonly finishedAt: string | null;
  readonly counts: Counts;
  readonly changes: Changes;
  /** The guards that hold the job, the findings about the file as a whole, then one entry a code for the findings about rows,
   * most first. */
  readonly issues: readonly JobIssue[];
  /** Why the last try broke on our side; `null` when none did. */
  readonly failure: JobFailure | null;
  /** Identifies the plan of a held job or of a dry run: its actions and their values. An approval names it. */
  readonly fingerprint: string | null;
  /** The job that a revert undoes; `null` for a file. */
  readonly reverts: JobId | null;
  /** The job that undid this one, if any. */
  readonly revertedBy: JobId | null;
  readonly removed: JobRemovals;
}
