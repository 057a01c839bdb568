/**
 * Composes reports and receipts of jobs and renders them as JSON, CSV, workbook and text. A job and a stream of its rows
 * come in; text or a workbook goes out, in bounded memory. It never reads the database or a staged file and never decides
 * anything about a row.
 */
export { isOnlyPlanned } from './change-words.ts';
export * from './csv-report.ts';
export * from './formula.ts';
export { changesNotice } from './job-words.ts';
export * from './json-report.ts';
export * from './pen.ts';
export * from './receipt-csv.ts';
export * from './receipt.ts';
export * from './text-report.ts';
export { sentence } from './text-rows.ts';
export { changeText } from './text-changes.ts';
export { findingsText } from './text-summary.ts';
export * from './workbook-report.ts';
export type { SourceRow } from './annotated-rows.ts';
