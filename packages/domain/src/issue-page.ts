import { issueChapters, type ExplainedCode, type IssueChapter } from './issue-chapters.ts';

const opening = `# Issue codes

Everything that can be found in a file, by its code. An **error** refuses its row, or the whole file where the code is about
the file; a **warning** lets it pass, and that of a guard holds the whole file until a person decides. \`{column}\` stands for
the header as the file writes it, \`{found}\` for what stands in the file, and \`{expected}\` for what would be right.

This page is made from the catalogue: \`node packages/domain/scripts/write-issue-page.mjs\` (after \`npm run build\`).
`;

/** The page of all issue codes in Markdown: what each means, an example, and how to mend it. A code's anchor is the code in lower case. */
export function issuePage(): string {
  return [opening, ...issueChapters().map(section)].join('\n');
}

function section({ title, codes }: IssueChapter): string {
  const contents = codes.map(({ code }) => `- [${code}](#${code.toLowerCase()})`);
  return [`## ${title}`, '', ...contents, '', ...codes.map(entryOf)].join('\n');
}

function entryOf({ code, severity, sentence, mend, refused, accepted }: ExplainedCode): string {
  const parts = [
    `### ${code}`,
    `**${severity}**: ${prose(sentence)}`,
    `*How to mend it.* ${prose(mend)}`,
    `Refused:\n\n${fenced(refused)}`,
    `Accepted:\n\n${fenced(accepted)}`,
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
