import ts from 'typescript';
import { nodesOf, placeOf, type SourceFile } from './source-file.ts';

/** A function of a file with its length. */
export interface DeclaredFunction {
  /** `path:line` */
  readonly place: string;
  /** Lines with code: no blank ones, no comments, and SQL (a template over several lines) not counted. */
  readonly lines: number;
}

/** Every function with a body: declared, as a method, or as an arrow. */
export function functionsOf(file: SourceFile): readonly DeclaredFunction[] {
  const templates = linesOfTemplates(file);
  return [...nodesOf(file.tree)].flatMap((node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return [];
    const [first, last] = [lineAt(file, node.getStart(file.tree)), lineAt(file, node.end)];
    const code = file.text.split('\n').slice(first, last + 1).filter((line, index) => !templates.has(first + index) && isCode(line));
    return [{ place: placeOf(file, node), lines: code.length }];
  });
}

/** The lines inside templates that run over several, without the first. */
function linesOfTemplates(file: SourceFile): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const node of nodesOf(file.tree)) {
    if (!ts.isTemplateExpression(node) && !ts.isNoSubstitutionTemplateLiteral(node)) continue;
    const last = lineAt(file, node.end);
    for (let line = lineAt(file, node.getStart(file.tree)) + 1; line <= last; line += 1) lines.add(line);
  }
  return lines;
}

function lineAt(file: SourceFile, position: number): number {
  return file.tree.getLineAndCharacterOfPosition(position).line;
}

function isCode(line: string): boolean {
  return !/^\s*(?:\/\/.*|\/\*.*|\*.*)?$/.test(line);
}
