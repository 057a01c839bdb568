import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { functionsOf } from './declared-functions.ts';
import { exportedNames } from './exported-names.ts';
import { relativeTarget } from './imports.ts';
import { files } from './repository.ts';
import { parse, sourceFiles, type SourceFile } from './source-file.ts';

const sources = sourceFiles.filter(({ path, isTest }) => path.endsWith('.ts') && !isTest);

/** Tables of data and the text of the schema: longer than a file of code, and read like a list. */
const tables = [
  /^packages\/domain\/src\/(?:issue|failure)-catalogue[a-z-]*\.ts$/,
  /^packages\/database\/src\/migrations\//,
  /^test\/fixtures\/src\/countries-[a-z]+\.ts$/,
];

describe('files', () => {
  const lengths = sources
    .filter(({ path }) => !tables.some((table) => table.test(path)))
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));

  test('are no longer than 300 lines', () => {
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
  });

  // A file of one idea fits on a screen or two.
  test('have a median of 90 lines at most', () => {
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted.length).toBeGreaterThan(100);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(90);
  });

  test('and folders are named in kebab-case, after what they hold', () => {
    const named = files.filter((path) => /^(?:packages|services|test\/(?!fixtures\/files\/)|deploy|scripts)/.test(path) && /\.(?:ts|mjs)$/.test(path));
    expect(named.filter((path) => !isWellNamed(path))).toEqual([]);
  });
});

describe('functions', () => {
  test('have 60 lines of code at most', () => {
    const functions = sources.flatMap(functionsOf);
    expect(functions.length).toBeGreaterThan(300);
    expect(functions.filter(({ lines }) => lines > 60)).toEqual([]);
  });
});

describe('exports', () => {
  // The contract is read where the name is shown, by whoever calls it.
  test('have a doc comment', () => {
    expect(sources.flatMap(exportedNames).filter(({ isDocumented }) => !isDocumented).map(({ place, name }) => `${place} ${name}`)).toEqual([]);
  });

  test('of types have names that say something', () => {
    expect(sources.flatMap(exportedNames).filter(({ name, isType }) => isType && isHollow(name)).map(({ place, name }) => `${place} ${name}`)).toEqual([]);
  });
});

describe('the index of a package', () => {
  const indices = sources.filter(({ path }) => /^[^/]+\/[^/]+\/src\/index\.ts$/.test(path));

  test('opens with what the room does, and never does', () => {
    expect(indices.length).toBeGreaterThan(10);
    expect(indices.filter((file) => !opensWithSentences(file)).map(({ path }) => path)).toEqual([]);
  });

  test('only passes on what stands in its own folder', () => {
    expect(indices.filter((file) => !onlyPassesOn(file)).map(({ path }) => path)).toEqual([]);
  });

  // Inside a package a file is imported by its name; only the steps of a job are a list worth an index of its own.
  test('is its only index', () => {
    const others = sources.filter((file) => file.path.endsWith('/index.ts') && !indices.includes(file)).map(({ path }) => path);
    expect(others).toEqual(['services/processor/src/steps/index.ts']);
  });
});

describe('the rules above', () => {
  test.each([
    ['packages/formats/src/xlsx/shared-strings.ts', true],
    ['packages/rules/src/row-checker.property.test.ts', true],
    ['packages/database/src/migrations/0001-first-light.ts', true],
    ['packages/rules/src/rowChecker.ts', false],
    ['packages/rules/src/Row.ts', false],
    ['packages/rules/src/utils.ts', false],
    ['packages/rules/src/text-helpers.ts', false],
    ['packages/rules/src/common/text.ts', false],
  ])('a file %s: %s', (path, expected) => {
    expect(isWellNamed(path)).toBe(expected);
  });

  test.each([
    ['JobManager', true],
    ['DefaultStore', true],
    ['StoreImpl', true],
    ['ManagerFact', false],
  ])('a type %s is hollow: %s', (name, expected) => {
    expect(isHollow(name)).toBe(expected);
  });

  test.each([
    ['function a() {\n  b();\n\n  // c\n  d();\n}', [4]],
    ['const a = () => sql`\n  select 1\n  from b\n`;', [1]],
    ['class A {\n  b(): void {\n    c();\n  }\n}', [3]],
  ])('the lengths of %j', (text, lengths) => {
    expect(functionsOf(parse('x.ts', text)).map(({ lines }) => lines)).toEqual(lengths);
  });

  test.each([
    ['/** A. */\nexport const a = 1;', true],
    ['export const a = 1;', false],
    ['// A.\nexport function a() {}', false],
    ['/** A. */\nexport interface A {}', true],
  ])('the doc comment of %j: %s', (text, expected) => {
    expect(exportedNames(parse('x.ts', text)).map(({ isDocumented }) => isDocumented)).toEqual([expected]);
  });

  test.each([
    ["/** One. Two. */\nexport * from './a.ts';", true, true],
    ["export * from './a.ts';", false, true],
    ["/** One. Two. */\nexport { a } from '../../b/src/a.ts';", true, false],
    ['/** One. Two. */\nexport const a = 1;', true, false],
    ["/** One. Two. */\nimport { a } from './a.ts';\na();", true, false],
  ])('the index %j', (text, opens, passesOn) => {
    const index = parse('packages/a/src/index.ts', text);
    expect([opensWithSentences(index), onlyPassesOn(index)]).toEqual([opens, passesOn]);
  });
});

function isWellNamed(path: string): boolean {
  return path
    .split('/')
    .slice(2)
    .map((part) => part.replace(/(?:\.(?:property|test|d|preset|config))*\.(?:ts|mjs)$/, ''))
    .every((part) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(part) && !/^(?:common|shared|core|misc)$|(?:^|-)(?:utils?|helpers?)$/.test(part));
}

function isHollow(name: string): boolean {
  return /^Default[A-Z]|(?:Impl|Manager|Helper|Utils?)$/.test(name);
}

/** Two sentences at least, before anything else. */
function opensWithSentences({ text }: SourceFile): boolean {
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(text)?.[1] ?? '';
  return (comment.match(/[.:](?:\s|$)/g) ?? []).length >= 2;
}

function onlyPassesOn(file: SourceFile): boolean {
  const folder = file.path.replace(/index\.ts$/, '');
  return file.tree.statements.every(
    (statement) =>
      ts.isExportDeclaration(statement) &&
      statement.moduleSpecifier !== undefined &&
      ts.isStringLiteral(statement.moduleSpecifier) &&
      relativeTarget(file, statement.moduleSpecifier.text)?.startsWith(folder),
  );
}
