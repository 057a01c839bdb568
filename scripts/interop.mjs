import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, root, run, setUp } from './setup.mjs';

/*
 * Real SFTP clients against the built product; those that are not installed are named and left out.
 *   --require-all   a client that is not installed is a failure
 *   --write         the README's table of clients is written anew
 * Other arguments go to jest.
 */
const own = ['--require-all', '--write'];
const [requireAll, write] = own.map((flag) => process.argv.includes(flag));
const forJest = process.argv.slice(2).filter((argument) => !own.includes(argument));
const resultsPath = join(root, 'node_modules', '.rosterport', 'interop.json');

await setUp();
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const globals = JSON.stringify({ interop: { requireAll, resultsPath } });
const options = ['--experimental-vm-modules', '--no-warnings', jest, '--selectProjects', 'interop', '--runInBand', '--globals', globals];
await run(process.execPath, [...options, ...forJest], 'Not every client did what it should.');

// A part of the matrix says nothing about the whole table.
if (forJest.length === 0) {
  const { readme, difference } = JSON.parse(await readFile(resultsPath, 'utf8'));
  if (write) await writeFile(join(root, 'README.md'), readme);
  else if (difference.length > 0) {
    fail(`The table of clients in README.md says something else:\n${difference.join('\n')}\nnpm run interop -- --write writes it anew.`);
  }
}
