import { failureCatalogue } from './failure-catalogue.ts';
import { issueCatalogue, issueCodes } from './issue-catalogue.ts';
import type { IssueEntry } from './issue-entry.ts';

const opening = `# Issue codes

Everything that can be found in a file, by its code. An **error** refuses its row, or the whole file where the code is about
the file; a **warning** lets it pass, and that of a guard holds the whole file until a person decides. \`{column}\` stands for
the header as the file writes it, \`{found}\` for what stands in the file, and \`{expected}\` for what would be right.

This page is made from the catalogue: \`node packages/domain/scripts/write-issue-page.mjs\` (after \`npm run build\`).
`;

/** The page of all issue codes in Markdown: what each means, an example, and how to mend it. A code's anchor is the code in lower case. */
export function issuePage(): string {
  const parts = [opening, aboutTheSender(), section('About the file', 'file'), section('About the plan: guards', 'guard'), section('About a row', 'row')];
  return parts.join('\n');
}

/** What is said before any file is looked at. It makes no job, so it is a failure and no finding; senders look for it here. */
function aboutTheSender(): string {
  const { sentence, hint } = failureCatalogue.apiTokenValidation;
  const entry: Omit<IssueEntry, 'scope'> = { severity: 'error', sentence, mend: hint, refused: 'a token that was revoked, that has expired, or of which a character is missing', accepted: 'the whole token, as `rosterport token issue` showed it' };
  return ['## About the sender', '', contents('apiTokenValidation'), '', chapterOf('apiTokenValidation', entry)].join('\n');
}

function contents(code: string): string {
  return `- [${code}](#${code.toLowerCase()})`;
}

function section(title: string, scope: IssueEntry['scope']): string {
  const codes = issueCodes.filter((code) => issueCatalogue[code].scope === scope);
  const chapters = codes.map((code) => chapterOf(code, issueCatalogue[code]));
  return [`## ${title}`, '', ...codes.map(contents), '', ...chapters].join('\n');
}

function chapterOf(code: string, entry: Omit<IssueEntry, 'scope'>): string {
  const parts = [
    `### ${code}`,
    `**${entry.severity}**: ${prose(entry.sentence)}`,
    `*How to mend it.* ${prose(entry.mend)}`,
    `Refused:\n\n${fenced(entry.refused)}`,
    `Accepted:\n\n${fenced(entry.accepted)}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Names in braces as code; what Markdown would read as emphasis or a tag stays what it is. */
function prose(text: string): string {
  return text
    .split(/(`[^`]*`|\{\w+\})/)
    .map((part) => (part.startsWith('{') ? `\`${part}\`` : part.startsWith('`') ? part : part.replace(/[*_<>]/g, '\\$&')))
    .join('');
}

function fenced(example: string): string {
  return `\`\`\`text\n${example}\n\`\`\``;
}
