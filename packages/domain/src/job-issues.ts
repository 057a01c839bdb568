import { explain } from './explain.ts';
import type { IssueCode } from './issue-catalogue.ts';
import type { Severity } from './issue-entry.ts';
import type { Issue } from './issue.ts';

/** A finding about a job's file as a whole, or all findings about its rows that bear one code. */
export interface JobIssue extends Issue {
  readonly scope: 'guard' | 'file' | 'row';
  /** How many findings the entry stands for; 1 for one about the file or of a guard. */
  readonly count: number;
}

/** What was found in a job's file, by what it is about. */
export interface JobIssues {
  /** The guards that hold the job, or that would hold it were it no dry run. */
  readonly guards?: readonly Issue[];
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
export function listIssues({ guards = [], file, rows }: JobIssues): readonly JobIssue[] {
  return [
    ...guards.map((found) => ({ scope: 'guard', ...found, count: 1 }) as const),
    ...file.map((found) => ({ scope: 'file', ...found, count: 1 }) as const),
    ...rows.map(({ code, severity, count }) => {
      const message = explain(code).meaning;
      return { scope: 'row', code: code as IssueCode, severity, ...nowhere, message, count } as const;
    }),
  ];
}

/** The list by what its entries are about. */
export function splitIssues(issues: readonly JobIssue[]): Required<JobIssues> {
  return {
    guards: whole(issues, 'guard'),
    file: whole(issues, 'file'),
    rows: issues.filter(({ scope }) => scope === 'row').map(({ code, severity, count }) => ({ code, severity, count })),
  };
}

function whole(issues: readonly JobIssue[], of: JobIssue['scope']): readonly Issue[] {
  return issues.filter(({ scope }) => scope === of).map(({ scope: _scope, count: _count, ...found }) => found);
}
