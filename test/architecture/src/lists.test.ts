import { describe, expect, test } from '@jest/globals';
import { failureCatalogue, issueCodes } from '@rosterport/domain';
import ts from 'typescript';
import { importsOf, relativeTarget } from './imports.ts';
import { nodesOf, parse, productFiles, sourceFiles, type SourceFile } from './source-file.ts';

/** A list that is written by hand: what is declared beside it, but does not stand in it, would never run. */
interface List {
  readonly what: string;
  readonly list: string;
  /** Where members are declared. */
  readonly folder: RegExp;
  /** What the declaration of a member says after its name. */
  readonly member: RegExp;
  /** True where each file of the folder is a member, or a part of one. */
  readonly filled: boolean;
}

const lists: readonly List[] = [
  { what: 'rules', list: 'packages/rules/src/rules.ts', folder: /^packages\/rules\/src\/rules\//, member: /^: (?:Any|User|Group)Rule\b|^ = valueRule\(/, filled: true },
  { what: 'formats', list: 'packages/formats/src/formats.ts', folder: /^packages\/formats\/src\/[^/]+\/[^/]+-format\.ts$/, member: /^: FormatReader\b/, filled: false },
  { what: 'guards', list: 'packages/directory/src/guards/guards.ts', folder: /^packages\/directory\/src\/guards\//, member: /^: Guard\b/, filled: false },
  { what: 'migrations', list: 'packages/database/src/migrations.ts', folder: /^packages\/database\/src\/migrations\//, member: /^: Migration\b/, filled: true },
  {
    what: 'endpoints',
    list: 'services/gateway/src/channels/https/endpoints.ts',
    folder: /^services\/gateway\/src\/channels\/https\/(?!endpoint\.ts)/,
    member: /^ = (?:un)?guarded\(|^ = page\(|^: Endpoint\b|^\([^()]*(?:\([^()]*\)[^()]*)*\): Endpoint\b/,
    filled: false,
  },
  { what: 'commands', list: 'services/rosterport/src/commands/commands.ts', folder: /^services\/rosterport\/src\/commands\//, member: /^: CommandDefinition\b/, filled: false },
];

/** Failure codes that nothing raises, with the reason. */
const unraisedFailures: Readonly<Record<string, string>> = {};

/** Issue codes that nothing raises, with the reason. */
const unraisedIssues: Readonly<Record<string, string>> = {
};

describe.each(lists)('the list of $what', ({ list, folder, member, filled }) => {
  const file = sourceFiles.find(({ path }) => path === list) ?? parse(list, '');
  const around = productFiles.filter(({ path }) => folder.test(path));

  test('holds everything that is declared for it', () => {
    const members = around.flatMap((one) => declaredIn(one, member));
    expect(members.length).toBeGreaterThan(0);
    const listed = elementsOfLists(file);
    expect(members.filter((name) => !listed.includes(name))).toEqual([]);
    expect(listed.filter((name, index) => listed.indexOf(name) !== index)).toEqual([]);
  });

  test('leaves no file of its folder out', () => {
    if (filled) expect(missingFrom(file, around)).toEqual([]);
  });
});

// A step of the schema that runs before an older one finds another schema than the one that it was written for.
test('migrations stand in the order of their numbers', () => {
  const list = sourceFiles.find(({ path }) => path === 'packages/database/src/migrations.ts');
  const [imported, listed] = list === undefined ? [[], []] : [namesByFile(list), elementsOfLists(list)];
  expect(listed.length).toBeGreaterThan(0);
  expect(listed).toEqual(imported.map(([name]) => name));
  const numbers = imported.map(([, path]) => Number(/\/(\d{4})-/.exec(path)?.[1]));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});

describe('the catalogues', () => {
  const texts = new Set(productFiles.filter(({ path }) => !path.includes('-catalogue')).flatMap(wordsOf));

  // A code that nothing raises is a promise that nobody keeps: it has a page, and customers wait for it in vain.
  test('of issues holds only codes that something raises', () => {
    expect(issueCodes.length).toBeGreaterThan(30);
    expect(issueCodes.filter((code) => !texts.has(code) && unraisedIssues[code] === undefined)).toEqual([]);
    expect(Object.keys(unraisedIssues).filter((code) => texts.has(code))).toEqual([]);
  });

  test('of failures holds only codes that something raises', () => {
    const codes = Object.keys(failureCatalogue);
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((code) => !texts.has(code) && unraisedFailures[code] === undefined)).toEqual([]);
    expect(Object.keys(unraisedFailures).filter((code) => texts.has(code))).toEqual([]);
  });
});

describe('the rules above find', () => {
  const list = parse('a/list.ts', "import { one } from './one.ts';\nimport { two } from './two.ts';\nexport const all = [one];");
  const [one, two, three, part] = [parse('a/one.ts', "import './one-part.ts';"), parse('a/two.ts', ''), parse('a/three.ts', ''), parse('a/one-part.ts', '')];

  test('what is declared as a member', () => {
    const file = parse('x.ts', 'export const one: Rule = 1;\nexport function two(a: () => void): Rule {}\nexport const three: Other = 1;\nconst four: Rule = 1;');
    expect(declaredIn(file, /^: Rule|\): Rule/)).toEqual(['one', 'two']);
  });

  test('what is not listed, even when it is imported', () => {
    expect(missingFrom(list, [one, two, three, part])).toEqual(['a/two.ts', 'a/three.ts']);
  });

  test('codes in texts and in SQL, and not in comments', () => {
    const words = wordsOf(parse('x.ts', "// first\nissue('second'); sql`select 'third', ${a} as \"fourth\"`;"));
    expect(words).toEqual(expect.arrayContaining(['second', 'third', 'fourth']));
    expect(words).not.toContain('first');
  });
});

/** The exported names after which a declaration says what a member says. */
function declaredIn(file: SourceFile, member: RegExp): string[] {
  return [...file.text.matchAll(/^export (?:const|function) (\w+)(.*)/gm)].filter(([, , after]) => member.test(after ?? '')).map(([, name]) => name ?? '');
}

/** The files of which the list holds nothing, and which no file of the list is made of. */
function missingFrom(list: SourceFile, folder: readonly SourceFile[]): string[] {
  const listed = new Set(elementsOfLists(list));
  const named = new Set(namesByFile(list).filter(([name]) => listed.has(name)).map(([, path]) => path));
  const parts = new Set(folder.filter(({ path }) => named.has(path)).flatMap((file) => importsOf(file).map(({ specifier }) => relativeTarget(file, specifier))));
  return folder.map(({ path }) => path).filter((path) => !named.has(path) && !parts.has(path));
}

/** What a file imports by name, and from where. */
function namesByFile(file: SourceFile): [string, string][] {
  return file.tree.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
    const path = relativeTarget(file, statement.moduleSpecifier.text) ?? '';
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings) || statement.importClause?.phaseModifier !== undefined) return [];
    return bindings.elements.map((element): [string, string] => [element.name.text, path]);
  });
}

/** The names that stand in the array literals of a file, and the functions that are called there. */
function elementsOfLists(file: SourceFile): string[] {
  return [...nodesOf(file.tree)].filter(ts.isArrayLiteralExpression).flatMap(({ elements }) =>
    elements.flatMap((element) => {
      const named = ts.isCallExpression(element) ? element.expression : element;
      return ts.isIdentifier(named) ? [named.text] : [];
    }),
  );
}

/** The words of all texts of a file: string literals, templates and the SQL in them. */
function wordsOf(file: SourceFile): string[] {
  return [...nodesOf(file.tree)].flatMap((node) =>
    ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node) ? (node.text.match(/\w+/g) ?? []) : [],
  );
}
