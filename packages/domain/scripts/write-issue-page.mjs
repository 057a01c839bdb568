import { writeFile } from 'node:fs/promises';
import { issuePage } from '../dist/issue-page.js';

// Writes docs/issue-codes.md anew from the catalogue; needs a build. A test tells when the page is out of date.
await writeFile(new URL('../../../docs/issue-codes.md', import.meta.url), issuePage());
