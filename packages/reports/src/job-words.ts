import { countedRows, rowResults } from '@rosterport/domain';
import type { Changes, Counts, Job, JobState } from '@rosterport/domain';
import { resultWords } from './change-words.ts';

/** A name and its value, for a report's list of facts. */
export type Fact = readonly [name: string, value: string];

/** A name and its number. */
export type NumberFact = readonly [name: string, value: number];

const stateWords: Readonly<Record<JobState, string>> = {
  staged: 'waits for its turn; nothing has changed',
  waiting: 'waits until an earlier job of its feed is decided; nothing has changed',
  processing: 'is being processed; nothing has changed',
  held: 'held until a person decides; nothing has changed',
  applied: 'applied',
  previewed: 'checked only; nothing has changed',
  rejected: 'refused as a whole; nothing has changed',
  discarded: 'taken back; nothing has changed',
  superseded: 'replaced by a later file; nothing has changed',
  failed: 'failed on our side; nothing has changed',
};

const changeWords: Readonly<Record<keyof Changes, string>> = {
  usersCreated: 'users created',
  usersUpdated: 'users updated',
  usersDeactivated: 'users deactivated',
  usersReactivated: 'users reactivated',
  usersRemoved: 'users removed',
  groupsCreated: 'groups created',
  groupsUpdated: 'groups updated',
  groupsRemoved: 'groups removed',
  membershipsAdded: 'memberships added',
  membershipsRemoved: 'memberships removed',
  managersAdded: 'managers added',
  managersRemoved: 'managers removed',
  attributesDefined: 'attributes defined',
  attributesRemoved: 'attributes removed',
};

/** What became of a job, in one line: the file, the state in words, and how many rows were rejected. */
export function headline(job: Job): string {
  const rows = countedRows(job.counts);
  // Of a file that is refused for what it is, "0 rows rejected" would sound like good news.
  const isUntold = rows === 0 || (job.state === 'rejected' && job.counts.rejected === 0);
  const rejected = isUntold ? '' : `; ${job.counts.rejected} of ${rows} ${rows === 1 ? 'row' : 'rows'} rejected`;
  const undone = job.revertedBy === null ? '' : `; undone by job ${job.revertedBy}`;
  const subject = job.kind === 'revert' ? `Revert of ${job.fileName}` : job.fileName;
  return `${subject}: ${stateWords[job.state]}${rejected}${undone}.`;
}

/** The facts about a job besides its numbers. */
export function jobFacts(job: Job): readonly Fact[] {
  return [
    ['job', job.id],
    ...(job.reverts === null ? [] : [['undoes', job.reverts] as const]),
    ['file', job.fileName],
    ['feed', job.feed],
    ['channel', job.channel],
    ['mode', job.dryRun ? `${job.mode}, dry run` : job.mode],
    ['received', job.receivedAt],
    ['finished', job.finishedAt ?? 'not yet'],
    ...(job.failure === null ? [] : [['failure', `${job.failure.message} (${job.failure.code})`] as const]),
  ];
}

/** That the row results are no longer kept, in one sentence; `null` while they are. */
export function rowsNotice({ removed, state }: Job): string | null {
  if (removed.rows === null) return null;
  const changes = plannedStates.has(state) ? ' and the changes that would have been made' : '';
  return `The results of the rows${changes} are no longer kept; they were removed at ${removed.rows}.`;
}

/** Where what would change was kept, and goes with the row results. */
const plannedStates: ReadonlySet<JobState> = new Set<JobState>(['previewed', 'discarded', 'superseded']);

function journalNotice(removedAt: string): string {
  return `of its changes only those are listed that still hold; its journal was removed at ${removedAt}.`;
}

/** That changes of the job are no longer listed, in one sentence; `null` while all are. */
export function changesNotice(job: Job): string | null {
  const { removed, state } = job;
  if (plannedStates.has(state)) return rowsNotice(job);
  return removed.journal === null || state !== 'applied' ? null : `The job is old: ${journalNotice(removed.journal)}`;
}

/** What is no longer kept of the job, one sentence each; none while all of it is. */
export function removalNotices(job: Job): readonly string[] {
  const { removed, state } = job;
  const notices: string[] = [rowsNotice(job) ?? ''].filter((notice) => notice !== '');
  if (removed.file !== null) notices.push(`The file is no longer kept; it was removed at ${removed.file}.`);
  if (removed.journal !== null && state === 'applied') notices.push(`The job can no longer be reverted, and ${journalNotice(removed.journal)}`);
  return notices.length === 0 ? [] : [...notices, 'The numbers of the job stay.'];
}

/** How many rows got each verdict, all verdicts included; the numbers add up to {@link countedRows}. */
export function countFacts(counts: Counts): readonly NumberFact[] {
  return rowResults.map((result) => [result, counts[result]]);
}

/** The same in words that say whether the verdicts have come true. */
export function resultFacts(job: Job): readonly NumberFact[] {
  return rowResults.map((result) => [resultWords(job, result), job.counts[result]]);
}

/** What changed, without the kinds of change that did not occur. */
export function changeFacts(changes: Changes): readonly NumberFact[] {
  const kinds = Object.keys(changeWords) as (keyof Changes)[];
  return kinds.filter((kind) => changes[kind] !== 0).map((kind) => [changeWords[kind], changes[kind]]);
}

/** Heading of the guards: whether they hold the job, held it, or would hold it. */
export function guardsHeading({ state }: Job): string {
  if (state === 'previewed') return 'Why it would be held';
  return state === 'discarded' || state === 'superseded' ? 'Why it was held' : 'Why it is held';
}

/** Heading of the changes: whether they were made or would be. */
export function changesHeading(job: Job): string {
  return job.state === 'applied' ? 'Changes' : 'Changes that would be made';
}
