import { join } from 'node:path';
import { root, run, setUp } from './setup.mjs';

// Everything that must be right: the rules of the house, the types, and every test. Arguments go to jest alone.
const node = process.execPath;
const bin = (name, path) => join(root, 'node_modules', name, path);
const only = process.argv.slice(2);

await setUp();
if (only.length === 0) {
  await run(node, [bin('eslint', 'bin/eslint.js'), '.', '--max-warnings', '0'], 'The rules of the house are broken.');
  await run(node, [bin('typescript', 'bin/tsc'), '-p', 'tsconfig.check.json'], 'The types do not fit.');
}
// The clients of `npm run interop` do not come with npm.
const wanted = only.length === 0 ? ['--ignoreProjects', 'interop'] : only;
await run(node, ['--experimental-vm-modules', '--no-warnings', bin('jest', 'bin/jest.js'), ...wanted], 'The tests do not pass.');
