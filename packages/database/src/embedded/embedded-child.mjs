/**
 * A process for tests to kill: starts the embedded server of the folder given, from source, prints its URL and its process
 * as one line of JSON, then waits. Run it with `--conditions=source`.
 */
import { register } from 'node:module';

const compile = `
  import { readFile } from 'node:fs/promises';
  import ts from ${JSON.stringify(import.meta.resolve('typescript'))};
  const compilerOptions = { target: 'es2022', module: 'esnext', verbatimModuleSyntax: true };
  export async function load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const source = ts.transpile(await readFile(new URL(url), 'utf8'), compilerOptions);
    return { format: 'module', source, shortCircuit: true };
  }`;
register(`data:text/javascript,${encodeURIComponent(compile)}`);

const { startEmbedded } = await import('./start-embedded.ts');
const { url, pid } = await startEmbedded({ folder: process.argv[2], log: () => undefined });
process.stdout.write(`${JSON.stringify({ url, pid })}\n`);
