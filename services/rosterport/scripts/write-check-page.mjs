import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../dist/commands/run-command.js';

// Writes docs/check-reports.md anew: what `rosterport check` says of every fixture. Needs a build. A test tells when the page
// is out of date.
const root = fileURLToPath(new URL('../../../', import.meta.url));
const files = join(root, 'test/fixtures/files');

const opening = `# What a check says

The report of \`rosterport check FILE\` for every file of the test fixtures, small and bad, so that you can see what a fault
looks like before you meet it. [issue-codes.md](issue-codes.md) explains each code.

This page is made from the files: \`node services/rosterport/scripts/write-check-page.mjs\` (after \`npm run build\`).
`;

/** What the command prints about a file. */
async function check(path) {
  let text = '';
  const stdout = new Writable({
    write(piece, _encoding, done) {
      text += piece;
      done();
    },
  });
  await runCommand(['check', path], { env: {}, stdin: process.stdin, stdout, stderr: stdout });
  return text;
}

const paths = readdirSync(files, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !/\.(json|md)$/.test(entry.name))
  .map((entry) => relative(files, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  .sort();

const chapters = [];
for (const path of paths) chapters.push(`## ${path}\n\n~~~text\n${await check(join(files, path))}~~~\n`);
await writeFile(join(root, 'docs/check-reports.md'), [opening, ...chapters].join('\n'));
