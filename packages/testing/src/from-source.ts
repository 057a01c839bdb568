import Module from 'node:module';
import { fileURLToPath } from 'node:url';

/** What Node calls to find a module for `require`; absent from its types, kept stable for tools that compile on the fly. */
interface Resolver {
  _resolveFilename: (this: unknown, request: string, ...rest: unknown[]) => string;
}

/**
 * Runs `load` while `@rosterport/…` means the sources. jest loads its global setup compiled, but with plain `require`, which
 * knows nothing of the condition `source` and would look for a build.
 */
export async function fromSource<T>(load: () => Promise<T>): Promise<T> {
  const resolver = Module as unknown as Resolver;
  const original = resolver._resolveFilename;
  resolver._resolveFilename = function (request, ...rest) {
    const name = /^@rosterport\/([a-z-]+)$/.exec(request)?.[1];
    const path = name === undefined ? request : fileURLToPath(new URL(`../../${name}/src/index.ts`, import.meta.url));
    return original.call(this, path, ...rest);
  };
  try {
    return await load();
  } finally {
    resolver._resolveFilename = original;
  }
}
