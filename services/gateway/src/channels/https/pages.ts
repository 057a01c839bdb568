import { failureCatalogue, issueChapters, type ExplainedCode } from '@rosterport/domain';
import { z } from 'zod';
import { sendAnswer } from './answer.ts';
import { unguarded, type Endpoint } from './endpoint.ts';

const html = { 200: { description: 'A page for people.', content: { 'text/html': z.string() } } } as const;

/** What stands at the address that a browser opens first. */
export const start = page('/', 'Says what this is', () =>
  layout('Rosterport', [
    paragraph('This server takes files with people and groups and brings them into a user directory.'),
    paragraph('Files are sent by SFTP, or by HTTPS to <code>POST /v1/files</code> or <code>POST /v1/storage/uploadFile</code>.'),
    paragraph('The API is described at <a href="/openapi.json">/openapi.json</a>.'),
    paragraph('Every finding about a file is explained at <a href="/docs/issues">/docs/issues</a>, every other problem at <a href="/docs/failures">/docs/failures</a>.'),
  ]),
);

/** Every code of a problem. */
export const failuresPage = page('/docs/failures', 'Explains every code of a problem', () =>
  layout(
    'Problems',
    Object.entries(failureCatalogue).map(([code, { sentence, hint }]) => paragraph(entry(code, [sentence, hint].map(withoutNames)))),
  ),
);

/** Every code of a finding, from the same chapters as the page that comes with the product. */
export const issuesPage = page('/docs/issues', 'Explains every code of a finding about a file', () =>
  layout('Findings about files', [
    paragraph(prose('`{column}` stands for the header as the file writes it, `{found}` for what stands in the file, and `{expected}` for what would be right.')),
    ...issueChapters().flatMap(({ title, codes }) => [`<h2>${escaped(title)}</h2>`, ...codes.map(explained)]),
  ]),
);

function explained({ code, severity, sentence, mend, refused, accepted }: ExplainedCode): string {
  const example = (label: string, text: string): string => `<dt>${label}</dt><dd><pre>${escaped(text)}</pre></dd>`;
  const text = paragraph(entry(code, [`${severity}: ${sentence}`, mend]));
  return `${text}\n<dl>${example('Refused', refused)}${example('Accepted', accepted)}</dl>`;
}

function page(path: string, summary: string, body: () => string): Endpoint {
  return unguarded({
    ...{ method: 'get', path, summary },
    responses: html,
    handle: ({ req, res }) => sendAnswer(req, res, { status: 200, type: 'text/html; charset=utf-8', body: body() }),
  });
}

function layout(title: string, blocks: readonly string[]): string {
  return `<!doctype html>\n<html lang="en">\n<meta name="viewport" content="width=device-width">\n<title>${title}</title>\n<h1>${title}</h1>\n${blocks.join('\n')}\n</html>\n`;
}

function paragraph(text: string): string {
  return `<p>${text}</p>`;
}

function entry(code: string, sentences: readonly string[]): string {
  return [`<strong id="${code}">${code}</strong>`, ...sentences.map(prose)].join('<br>\n');
}

/** Text of a catalogue as HTML, with what stands between backticks, and names of what is filled in, as code. */
function prose(text: string): string {
  return escaped(text).replace(/`([^`]+)`|(\{\w+\})/g, (_, quoted: string | undefined, name: string | undefined) => `<code>${quoted ?? name}</code>`);
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A sentence for all cases: what is filled in for each one is left open. */
function withoutNames(sentence: string): string {
  return sentence.replace(/\{\w+\}/g, '…');
}
