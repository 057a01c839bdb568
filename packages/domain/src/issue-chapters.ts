import { failureCatalogue } from './failure-catalogue.ts';
import { issueCatalogue, issueCodes } from './issue-catalogue.ts';
import type { IssueEntry } from './issue-entry.ts';

/** What is said of one code. */
export interface ExplainedCode extends Omit<IssueEntry, 'scope'> {
  readonly code: string;
}

/** Codes that are about the same thing. */
export interface IssueChapter {
  readonly title: string;
  readonly codes: readonly ExplainedCode[];
}

/** Every code with its examples, in the order of the catalogue: what each page of them shows. */
export function issueChapters(): readonly IssueChapter[] {
  return [
    { title: 'About the sender', codes: [aboutTheSender()] },
    { title: 'About the file', codes: codesOf('file') },
    { title: 'About the plan: guards', codes: codesOf('guard') },
    { title: 'About a row', codes: codesOf('row') },
  ];
}

function codesOf(scope: IssueEntry['scope']): readonly ExplainedCode[] {
  return issueCodes.filter((code) => issueCatalogue[code].scope === scope).map((code) => ({ code, ...issueCatalogue[code] }));
}

/** What is said before any file is looked at. It makes no job, so it is a failure and no finding; senders look for it here. */
function aboutTheSender(): ExplainedCode {
  const { sentence, hint: mend } = failureCatalogue.apiTokenValidation;
  const refused = 'a token that was revoked, that has expired, or of which a character is missing';
  return { code: 'apiTokenValidation', severity: 'error', sentence, mend, refused, accepted: 'the whole token, as `rosterport token issue` showed it' };
}
