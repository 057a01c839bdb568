/**
 * VALIDATE. A raw row comes in; a proved record or the issues that refuse it go out, all problems of the row at once. This
 * room judges a row by itself: it never compares rows, never looks into the directory, and touches no disk, network, clock
 * or log.
 */
export { cleanText } from './cell.ts';
export * from './group-checker.ts';
export * from './rule-context.ts';
export * from './user-checker.ts';
