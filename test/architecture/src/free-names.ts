import ts from 'typescript';
import { nodesOf, placeOf, type SourceFile } from './source-file.ts';

/** A name that a file takes from its surroundings: `process`, or `Date.now` with the member that it uses. */
export interface FreeName {
  /** The name, with a member that is read from it: `process.env`, `Math.random`; `new Date()` for the clock. */
  readonly text: string;
  /** `path:line` */
  readonly place: string;
}

/**
 * Where a file reads one of the names as a value. By syntax alone: a member or key of that name is passed over, a variable of
 * that name is reported, since a variable should not be named like a global.
 */
export function freeNames(file: SourceFile, names: ReadonlySet<string>): readonly FreeName[] {
  const found: FreeName[] = [];
  for (const node of nodesOf(file.tree)) {
    if (ts.isIdentifier(node) && names.has(node.text) && isRead(node)) {
      found.push({ text: withMember(node), place: placeOf(file, node) });
    }
  }
  return found;
}

/** False where the identifier is the name of a member, a key or a type. */
function isRead(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent)) return nameIn(parent) !== node;
  if (ts.isTypeNode(parent) || ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
  if (ts.isPropertyAssignment(parent) || ts.isClassElement(parent) || ts.isTypeElement(parent)) return parent.name !== node;
  return !(ts.isBindingElement(parent) && parent.propertyName === node);
}

function nameIn(node: ts.PropertyAccessExpression | ts.QualifiedName): ts.Node {
  return ts.isQualifiedName(node) ? node.right : node.name;
}

function withMember(node: ts.Identifier): string {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return `${node.text}.${parent.name.text}`;
  if (ts.isElementAccessExpression(parent) && ts.isStringLiteralLike(parent.argumentExpression)) {
    return `${node.text}.${parent.argumentExpression.text}`;
  }
  if (ts.isNewExpression(parent)) return `new ${node.text}(${parent.arguments?.length === 0 ? '' : '…'})`;
  return node.text;
}
