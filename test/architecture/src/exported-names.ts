import ts from 'typescript';
import { nodesOf, placeOf, type SourceFile } from './source-file.ts';

/** Something that a file declares and exports. */
export interface ExportedName {
  readonly name: string;
  /** `path:line` */
  readonly place: string;
  readonly isDocumented: boolean;
  readonly isType: boolean;
}

/** The exported declarations of a file; what it only passes on is documented where it is declared. */
export function exportedNames(file: SourceFile): readonly ExportedName[] {
  return [...nodesOf(file.tree)].filter(isExported).flatMap((node) =>
    namesOf(node).map((name) => ({
      name,
      place: placeOf(file, node),
      isDocumented: ts.getJSDocCommentsAndTags(node).some(ts.isJSDoc),
      isType: ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node),
    })),
  );
}

function isExported(node: ts.Node): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function namesOf(node: ts.Node): string[] {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations.map(({ name }) => name.getText());
  return 'name' in node ? [(node as ts.NamedDeclaration).name?.getText() ?? ''] : [];
}
