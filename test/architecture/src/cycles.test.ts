import { describe, expect, test } from '@jest/globals';
import { cyclesOf, type Graph } from './cycles-of.ts';
import { importsOf, relativeTarget } from './imports.ts';
import { sourceFiles } from './source-file.ts';
import { allDependencies, ours, packages } from './workspace.ts';

describe('the finder of cycles', () => {
  test.each([
    ['none in a line', { a: ['b'], b: ['c'], c: [] }, []],
    ['none in a diamond', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, []],
    ['a node that points to itself', { a: ['a'] }, [['a']]],
    ['two that point to each other', { a: ['b'], b: ['a'] }, [['a', 'b']]],
    ['a ring with a tail', { t: ['a'], a: ['b'], b: ['c'], c: ['a'] }, [['a', 'b', 'c']]],
    ['two rings', { a: ['b'], b: ['a', 'c'], c: ['d'], d: ['c'] }, [['c', 'd'], ['a', 'b']]],
    ['a ring behind a shortcut', { a: ['b', 'd'], b: ['c'], c: ['d'], d: ['b'] }, [['b', 'c', 'd']]],
  ])('finds %s', (_title, graph, cycles) => {
    expect(cyclesOf(new Map(Object.entries(graph)))).toEqual(cycles);
  });
});

// Types count: two files that need each other's types cannot be read, moved or replaced one by one.
test('no file imports itself, not even its types and over others', () => {
  const graph: Graph = new Map(
    sourceFiles.map((file) => [
      file.path,
      importsOf(file).flatMap(({ specifier }) => relativeTarget(file, specifier) ?? []),
    ]),
  );
  expect([...graph.values()].flat().length).toBeGreaterThan(100);
  expect(cyclesOf(graph)).toEqual([]);
});

// What only tests need counts too: a test that needs a room above its own stands in the wrong room.
test('no package depends on itself, not even over others', () => {
  const graph: Graph = new Map(packages.map((from) => [from.manifest.name, ours(allDependencies(from))]));
  expect([...graph.values()].flat().length).toBeGreaterThan(20);
  expect(cyclesOf(graph)).toEqual([]);
});
