import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, setUp } from './setup.mjs';

// Installs, builds and measures. The measurement runs in this process, so that Ctrl-C and signals reach it directly.
await setUp();
await import(pathToFileURL(join(root, 'test', 'bench', 'dist', 'main.js')).href);
