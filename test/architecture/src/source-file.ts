import ts from 'typescript';
import { files, textOf } from './repository.ts';

/** A file of code, parsed. */
export interface SourceFile {
  /** From the root of the repository. */
  readonly path: string;
  /** The folder of its package, such as `packages/domain`; `''` for files of the root. */
  readonly room: string;
  /** True for tests and for what only tests use. */
  readonly isTest: boolean;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

/** A process that tests start and kill. It stands beside the launcher, which it runs straight from source. */
const testProcesses = ['packages/database/src/embedded/embedded-child.mjs'];

/** Every .ts and .mjs file of the repository. */
export const sourceFiles: readonly SourceFile[] = files
  .filter((path) => /\.(?:ts|mjs)$/.test(path))
  .map((path) => parse(path, textOf(path) ?? ''));

/** What the product is made of: packages and services without their tests, and without the packages that only tests use. */
export const productFiles: readonly SourceFile[] = sourceFiles.filter(
  ({ path, isTest }) => !isTest && /^(?:packages\/(?!testing|tooling)|services\/)[^/]+\/(?:src|worker|bin)\//.test(path),
);

/** Parses a file of code. */
export function parse(path: string, text: string): SourceFile {
  return {
    path,
    room: /^(?:packages|services|test)\/[^/]+/.exec(path)?.[0] ?? '',
    isTest: isTestPath(path),
    text,
    tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true),
  };
}

/** Every node below a node, itself first. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}

/** Where a node stands: `path:line`. */
export function placeOf(file: SourceFile, node: ts.Node): string {
  return `${file.path}:${file.tree.getLineAndCharacterOfPosition(node.getStart(file.tree)).line + 1}`;
}

/** Tests stand beside their source; what several of them use stands in a folder `test/` or `testing/` beside them. */
function isTestPath(path: string): boolean {
  return /\.test\.ts$|\/src\/(?:.+\/)?(?:test|testing)\//.test(path) || testProcesses.includes(path);
}
