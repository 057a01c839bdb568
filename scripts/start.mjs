import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, setUp } from './setup.mjs';

// Installs, builds and runs the product, all in one process, so that Ctrl-C and signals reach it directly.
await setUp();
process.argv.splice(2, 0, 'start');
await import(pathToFileURL(join(root, 'services', 'rosterport', 'dist', 'main.js')).href);
