import { posix } from 'node:path';
import ts from 'typescript';
import { nodesOf, placeOf, type SourceFile } from './source-file.ts';

/** One import of a file, in whatever form: static, dynamic, re-export, or the type `import('x').Y`. */
export interface Import {
  /** As it is written. */
  readonly specifier: string;
  /** `path:line` */
  readonly place: string;
}

/** All imports of a file, those of types too. */
export function importsOf(file: SourceFile): readonly Import[] {
  const found: Import[] = [];
  for (const node of nodesOf(file.tree)) {
    const specifier = specifierOf(node);
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) {
      found.push({ specifier: specifier.text, place: placeOf(file, node) });
    }
  }
  return found;
}

/** The path from the root that a relative import means, or `null` for the import of a package. */
export function relativeTarget(file: SourceFile, specifier: string): string | null {
  return specifier.startsWith('.') ? posix.join(posix.dirname(file.path), specifier) : null;
}

/** The package that an import names: `@a/b` of `@a/b/c`. `null` for relative imports and modules of Node. */
export function packageOf(specifier: string): string | null {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return null;
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (ts.isCallExpression(node) && loads(node.expression)) return node.arguments[0];
  return undefined;
}

/** `import(…)`, `require(…)`, `require.resolve(…)`, `import.meta.resolve(…)` */
function loads(callee: ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || /^(?:require(?:\.resolve)?|import\.meta\.resolve)$/.test(callee.getText());
}
