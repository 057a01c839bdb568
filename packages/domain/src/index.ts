/**
 * The words of Rosterport as types and total functions, and the catalogues of issues and failures. Nothing comes in and
 * nothing goes out: this room imports nothing, reads no clock and keeps no state.
 */
export * from './attribute-definition.ts';
export * from './attribute-value.ts';
export * from './channel.ts';
export * from './columns.ts';
export * from './directory-records.ts';
export * from './envelope.ts';
export * from './event.ts';
export * from './explain.ts';
export * from './failure-catalogue.ts';
export * from './failure-entry.ts';
export * from './failure.ts';
export * from './feed-policy.ts';
export * from './guards.ts';
export * from './ids.ts';
export * from './issue-catalogue.ts';
export * from './issue-chapters.ts';
export * from './issue-entry.ts';
export * from './issue.ts';
export * from './job-issues.ts';
export * from './job.ts';
export * from './mode.ts';
export * from './nearest-option.ts';
export * from './person-mentions.ts';
export * from './person-traces.ts';
export * from './raw-row.ts';
export * from './receipt.ts';
export * from './record-change.ts';
export * from './records.ts';
export * from './row-result.ts';
export * from './scope.ts';
export * from './user-history.ts';
