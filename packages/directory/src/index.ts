/**
 * PLAN and APPLY: the users, groups, memberships, managers and attributes of each tenant. Proved rows come in and are
 * compared with the directory in set-based SQL; actions, journal and the verdict on each row go out, all in the caller's
 * transaction. It never commits, never reads a file, and never knows a job's state.
 */
export * from './apply/apply.ts';
export type { DefinitionAuthor } from './apply/write-definitions.ts';
export { fingerprintOf } from './apply/keep-plan.ts';
export * from './attributes/define-attribute.ts';
export * from './attributes/remove-attribute.ts';
export type { EditContext, Edited } from './edit/edit-context.ts';
export * from './edit/edit-group.ts';
export * from './edit/edit-user.ts';
export * from './edit/remove-group.ts';
export type { NewUser, UserEdit } from './edit/user-edit.ts';
export * from './erase/erase-person.ts';
export { personTraces } from './erase/person-traces.ts';
export type { FeedHistory, FileTimes, GuardFacts } from './guards/guard.ts';
export * from './guards/guards.ts';
export * from './journal/expire-entries.ts';
export * from './plan/plan.ts';
export { planAhead, type AheadPlan } from './plan/plan-ahead.ts';
export * from './prefilter/known-people.ts';
export * from './prefilter/open-prefilter.ts';
export * from './prefilter/recall-people.ts';
export * from './read/attributes.ts';
export * from './read/change-query.ts';
export * from './read/changes.ts';
export * from './read/groups.ts';
export { userHistory, type HistoryQuery } from './read/history.ts';
export { findUser, listUsers, type UserQuery } from './read/users.ts';
export { revert, type Reverted } from './revert/revert.ts';
export { forRows } from './work/few-rows.ts';
export * from './work/job-context.ts';
export * from './work/lock-directory.ts';
export * from './work/open-work.ts';
export * from './work/stage-rows.ts';
