import { failureCatalogue, issueCatalogue } from '@rosterport/domain';
import { z } from 'zod';
import { sendAnswer } from './answer.ts';
import { unguarded, type Endpoint } from './endpoint.ts';

const html = { 200: { description: 'A page for people.', content: { 'text/html': z.string() } } } as const;

/** What stands at the address that a browser opens first. */
export const start = page('/', 'Says what this is', () =>
  layout('Rosterport', [
    'This server takes files with people and groups and brings them into a user directory.',
    'Files are sent by SFTP, or by HTTPS to <code>POST /v1/files</code> or <code>POST /v1/storage/uploadFile</code>.',
    'The API is described at <a href="/openapi.json">/openapi.json</a>.',
    'Every finding about a file is explained at <a href="/docs/issues">/docs/issues</a>, every other problem at <a href="/docs/failures">/docs/failures</a>.',
  ]),
);

/** Every code of a problem. */
export const failuresPage = page('/docs/failures', 'Explains every code of a problem', () =>
  layout(
    'Problems',
    Object.entries(failureCatalogue).map(([code, { sentence, hint }]) => entry(code, [sentence, hint].map(withoutNames))),
  ),
);

/** Every code of a finding. */
export const issuesPage = page('/docs/issues', 'Explains every code of a finding about a file', () =>
  layout(
    'Findings about files',
    Object.entries(issueCatalogue).map(([code, { severity, sentence, mend }]) => entry(code, [`${severity}: ${sentence}`, mend])),
  ),
);

function page(path: string, summary: string, body: () => string): Endpoint {
  return unguarded({
    ...{ method: 'get', path, summary },
    responses: html,
    handle: ({ req, res }) => sendAnswer(req, res, { status: 200, type: 'text/html; charset=utf-8', body: body() }),
  });
}

function layout(title: string, paragraphs: readonly string[]): string {
  const text = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n');
  return `<!doctype html>\n<html lang="en">\n<title>${title}</title>\n<h1>${title}</h1>\n${text}\n</html>\n`;
}

function entry(code: string, sentences: readonly string[]): string {
  return [`<strong id="${code}">${code}</strong>`, ...sentences.map(escaped)].join('<br>\n');
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A sentence for all cases: what is filled in for each one is left open. */
function withoutNames(sentence: string): string {
  return sentence.replace(/\{\w+\}/g, '…');
}
