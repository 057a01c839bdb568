import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { fixturePath } from '@rosterport/fixtures';
import { typeCommand } from './testing/type-command.ts';

const page = readFileSync(new URL('../../../../docs/check-reports.md', import.meta.url), 'utf8');

/** What the page shows, by the path of the fixture. */
const shown = new Map([...page.matchAll(/^## (.*)\n\n~~~text\n([^]*?)^~~~$/gm)].map(([, path = '', text = '']) => [path, text]));

const files = fixturePath('');
const paths = readdirSync(files, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !/\.(json|md)$/.test(entry.name))
  .map((entry) => relative(files, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  .sort();

describe('docs/check-reports.md, which `node services/rosterport/scripts/write-check-page.mjs` writes', () => {
  test('has every fixture', () => {
    expect([...shown.keys()]).toEqual(paths);
  });

  test.each(paths)('shows what `rosterport check` says of %s', async (path) => {
    const { out, err } = await typeCommand(['check', fixturePath(path)]);
    expect(out + err).toBe(shown.get(path));
  });
});
