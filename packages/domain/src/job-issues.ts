import { explain } from './explain.ts';
import type { IssueCode } from './issue-catalogue.ts';
import type { Severity } from './issue-entry.ts';
import type { Issue } from './issue.ts';

/** A finding about a job's file as a whole, or all findings about its rows that bear one code. */
export interface JobIssue extends Issue {
  readonly scope: 'file' | 'row';
  /** How many findings the entry stands for; 1 for one about the file. */
  readonly count: number;
}

/** What was found in a job's file, by what it is about. */
export interface JobIssues {
  /** Findings about the file as a whole, in full. */
  readonly file: readonly Issue[];
  /** How many findings about rows bear each code, most first. */
  readonly rows: readonly IssueCount[];
}

/** How many findings of a job bear one code. */
export interface IssueCount {
  readonly code: string;
  readonly severity: Severity;
  readonly count: number;
}

const nowhere = { sheet: null, row: null, column: null, found: null, expected: null } as const;

/** The findings as one list, in the shape that every door shows. */
export function listIssues({ file, rows }: JobIssues): readonly JobIssue[] {
  return [
    ...file.map((found) => ({ scope: 'file', ...found, count: 1 }) as const),
    ...rows.map(({ code, severity, count }) => {
      const message = explain(code).meaning;
      return { scope: 'row', code: code as IssueCode, severity, ...nowhere, message, count } as const;
    }),
  ];
}

/** The list by what its entries are about. */
export function splitIssues(issues: readonly JobIssue[]): JobIssues {
  return {
    file: issues.filter(({ scope }) => scope === 'file').map(({ scope: _scope, count: _count, ...found }) => found),
    rows: issues.filter(({ scope }) => scope === 'row').map(({ code, severity, count }) => ({ code, severity, count })),
  };
}
