import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { issueCodes } from './issue-catalogue.ts';
import { issuePage } from './issue-page.ts';

test('docs/issue-codes.md is what the catalogue says; `node packages/domain/scripts/write-issue-page.mjs` writes it anew', () => {
  const page = readFileSync(new URL('../../../docs/issue-codes.md', import.meta.url), 'utf8');
  expect(page).toBe(issuePage());
});

test('every code has its chapter, and every link a chapter to lead to', () => {
  const chapters = [...issuePage().matchAll(/^### (.*)$/gm)].map(([, title]) => title);
  expect(chapters.toSorted()).toEqual(['apiTokenValidation', ...issueCodes].toSorted());
  const links = [...issuePage().matchAll(/\]\(#(.*)\)$/gm)].map(([, anchor]) => anchor);
  expect(links).toEqual(chapters.map((code) => code?.toLowerCase()));
});
