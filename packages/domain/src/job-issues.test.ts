import { expect, test } from '@jest/globals';
import { issue } from './issue.ts';
import { listIssues, splitIssues } from './job-issues.ts';

const parts = {
  guards: [issue('validateDeactivationShare', { found: '6 of 50 people (12 %)', expected: '10 % or 5 people' })],
  file: [issue('validateSeparator', { found: ', (comma)', row: 1 })],
  rows: [{ code: 'validateActive', severity: 'error', count: 3 }] as const,
};

test('the list names guards and findings about the file first, and counts those about rows', () => {
  expect(listIssues(parts)).toMatchObject([
    { scope: 'guard', code: 'validateDeactivationShare', count: 1, message: expect.stringContaining('12 %') },
    { scope: 'file', code: 'validateSeparator', row: 1, count: 1, message: expect.stringContaining('comma') },
    { scope: 'row', code: 'validateActive', count: 3, column: null, message: 'The cell is …; it must be 1, 0 or empty.' },
  ]);
});

test('splitting the list gives the parts back', () => {
  expect(splitIssues(listIssues(parts))).toEqual(parts);
});
