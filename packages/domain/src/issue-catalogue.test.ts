import { describe, expect, test } from '@jest/globals';
import { fileIssues } from './issue-catalogue-file.ts';
import { issueCatalogue, issueCodes } from './issue-catalogue.ts';
import { guardIssues } from './issue-catalogue-guard.ts';
import { guardCodes } from './guards.ts';
import { rowIssues } from './issue-catalogue-row.ts';
import { issue } from './issue.ts';

const filledByIssue = ['column', 'found', 'expected'];

describe.each(issueCodes)('%s', (code) => {
  const entry = issueCatalogue[code];

  test('has the form of a code', () => {
    expect(code).toMatch(/^validate[A-Z][A-Za-z]+$/);
  });

  test('says whole sentences', () => {
    expect(entry.sentence).toMatch(/^(?:[A-Z]|\{\w+\} ).*\.$/s);
    expect(entry.mend).toMatch(/^[A-Z].*\.$/s);
  });

  test('leaves only those words open that every issue can fill in', () => {
    const open = [...`${entry.sentence} ${entry.mend}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(filledByIssue).toEqual(expect.arrayContaining(open));
    const { message } = issue(code, { column: 'Email', found: 'this', expected: 'that' });
    expect(message).not.toMatch(/[{}]/);
  });

  test('has an example that is refused, and another that is accepted', () => {
    expect(entry.refused).not.toBe('');
    expect(entry.accepted).not.toBe('');
    expect(entry.refused).not.toBe(entry.accepted);
  });
});

test('no code stands in two catalogues', () => {
  expect(issueCodes).toEqual([...Object.keys(fileIssues), ...Object.keys(guardIssues), ...Object.keys(rowIssues)]);
  expect(new Set(issueCodes).size).toBe(issueCodes.length);
});

test('what is about the file stands in the catalogue of files', () => {
  for (const [code, entry] of Object.entries(fileIssues)) expect([code, entry.scope]).toEqual([code, 'file']);
});

test('every guard has its code in the catalogue of guards', () => {
  expect(Object.keys(guardIssues)).toEqual([...Object.values(guardCodes), 'validateApprovedPlan']);
  for (const entry of Object.values(guardIssues)) expect([entry.scope, entry.severity]).toEqual(['guard', 'warning']);
});
