/**
 * The ledger of jobs: one job for each sealed file, its state, its order and claims, and the result of every data row.
 * Envelopes and outcomes come in, jobs and row results go out. It never opens a file and knows nothing of users and groups.
 */
export * from './change-job.ts';
export * from './claim-tenant.ts';
export * from './decide.ts';
export * from './end-job.ts';
export * from './erase-person.ts';
export * from './events.ts';
export * from './expected-files.ts';
export * from './feed-history.ts';
export * from './findings-last-day.ts';
export * from './job-record.ts';
export * from './list-jobs.ts';
export * from './list-rows.ts';
export * from './next-job.ts';
export * from './outcome.ts';
export { receivedSince, type Received } from './received-since.ts';
export * from './register-job.ts';
export * from './removals.ts';
export { dropRowResults, keepRowResults, type JudgedRows } from './rows/keep-row-results.ts';
export type { PlaceChunk } from './rows/place-chunk.ts';
export * from './rows/row-places.ts';
export { migrateWakeUps, serveWakeUps, wakeNow, type Round, type Waker } from './wake-up.ts';
