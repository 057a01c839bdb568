import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, root, setUp, succeeds } from './setup.mjs';

/*
 * Real SFTP clients against the built product; those that are not installed are named and left out.
 *   --require-all   a client that is not installed is a failure
 *   --write         the README's table of clients is written anew, with what was shown, be it good or not
 * Other arguments go to jest.
 */
const own = ['--require-all', '--write'];
const [requireAll, write] = own.map((flag) => process.argv.includes(flag));
const forJest = process.argv.slice(2).filter((argument) => !own.includes(argument));
const resultsPath = join(root, 'node_modules', '.rosterport', 'interop.json');

await setUp();
// Old results would be taken for those of a run that breaks off.
await rm(resultsPath, { force: true });
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const globals = JSON.stringify({ interop: { requireAll, resultsPath } });
const options = ['--experimental-vm-modules', '--no-warnings', jest, '--selectProjects', 'interop', '--runInBand', '--globals', globals];
const isWell = await succeeds(process.execPath, [...options, ...forJest]);

// A part of the matrix says nothing about the whole table.
if (forJest.length === 0 && existsSync(resultsPath)) {
  const { readme, difference } = JSON.parse(await readFile(resultsPath, 'utf8'));
  if (write) await writeFile(join(root, 'README.md'), readme);
  else if (difference.length > 0) {
    fail(`The table of clients in README.md says something else:\n${difference.join('\n')}\nnpm run interop -- --write writes it anew.`);
  }
}
if (!isWell) fail('Not every client did what it should.');
