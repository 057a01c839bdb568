import { fileIssues } from './issue-catalogue-file.ts';
import { guardIssues } from './issue-catalogue-guard.ts';
import { rowIssues } from './issue-catalogue-row.ts';
import type { IssueEntry } from './issue-entry.ts';

const catalogue = { ...fileIssues, ...guardIssues, ...rowIssues };

/** The stable name of a kind of finding. */
export type IssueCode = keyof typeof catalogue;

/** Every kind of finding. */
export const issueCatalogue: Readonly<Record<IssueCode, IssueEntry>> = catalogue;

/** Every code, in the catalogue's order. */
export const issueCodes = Object.keys(catalogue) as readonly IssueCode[];
