import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { IssueCode } from '@rosterport/domain';
import { badFiles, cases, fixturePath, generate, programFiles, seedExamples, toCsv, type Story } from '@rosterport/fixtures';
import { temporaryFolder } from '@rosterport/testing';
import { typeCommand } from './testing/type-command.ts';

const folder = temporaryFolder();

interface Checked {
  readonly ok: boolean;
  readonly counts: { readonly read: number; readonly withErrors: number; readonly withWarnings: number };
  readonly issues: { readonly file: { code: IssueCode; severity: string }[]; readonly rows: { code: IssueCode; count: number }[] };
  readonly rows: { sheet: string | null; row: number; externalId: string | null; issues: { code: IssueCode; severity: string; message: string }[] }[];
}

async function check(path: string): Promise<Checked & { readonly code: number }> {
  const { code, out, err } = await typeCommand(['check', path, '--json']);
  expect(err).toBe('');
  return { code, ...(JSON.parse(out) as Checked) };
}

/** Codes that only the directory or the policy of the feed can bring. */
const needDirectory = new Set<IssueCode>([
  'validateUserExists',
  'validateGroupExists',
  'validateGroupNameIsUnique',
  'validateManagerExists',
  'validateManagerNameIsUnique',
  'validateParentGroupExists',
  'validateNewAttributes',
  'validateExternalProperties',
  'validateDuplicateMailInAnotherCompany',
  'validateRowErrors',
]);

/** What a story expects beyond the first file, or of a feed of its own, is not for a check; guards ask about the directory only. */
function isForCheck({ name, expected }: Story): boolean {
  return Object.keys(expected.feedPolicy ?? {}).every((setting) => setting === 'guards') && !takenElsewhere.has(name);
}

/** Stories whose refused rows are refused because of what stands in the directory. */
const takenElsewhere = new Set(['taken-in-the-directory', 'group-cycle-with-the-directory']);

describe.each(badFiles().map((file) => [file.name, file] as const))('bad file %s', (_, { path, codes }) => {
  test('is refused with all of its codes', async () => {
    const { code, ok, issues } = await check(path);
    expect({ code, ok }).toEqual({ code: 1, ok: false });
    const errors = issues.file.filter(({ severity }) => severity === 'error').map((found) => found.code);
    expect([...new Set(errors)].sort()).toEqual(codes);
  });

  test('is refused in words', async () => {
    const { code, out } = await typeCommand(['check', path]);
    expect(code).toBe(1);
    expect(out).toContain(`${basename(path)}: the file would be rejected as a whole.`);
    for (const one of codes) expect(out).toContain(one);
  });
});

const stories = [...cases(), ...seedExamples(), ...programFiles()].filter(isForCheck);
const files = stories.flatMap(({ name, steps }) => steps.map((step) => [`${name}: ${basename(step.path)}`, step] as const));

describe.each(files)('%s', (_, { path, expected }) => {
  test('the same rows have the same findings as in the job, but for those that need the directory', async () => {
    const { code, ok, counts, rows } = await check(path);
    if (expected.state === 'rejected') {
      expect(code).toBe(1);
      return;
    }
    const wanted = expected.rows
      .map(({ sheet, row, externalId, codes }) => ({ sheet, row, externalId, codes: codes.filter((one) => !needDirectory.has(one)) }))
      .filter(({ codes }) => codes.length > 0);
    const found = rows.map(({ sheet, row, externalId, issues }) => ({ sheet, row, externalId, codes: [...new Set(issues.map((one) => one.code))].sort() }));
    expect(found).toEqual(wanted);
    expect(counts.read).toBe(expected.rows.length);
    expect(counts.withErrors).toBe(rows.filter(({ issues }) => issues.some(({ severity }) => severity === 'error')).length);
    expect(ok).toBe(counts.withErrors === 0);
    expect(code).toBe(ok ? 0 : 1);
  });
});

test('every finding of a row fills its sentence', async () => {
  for (const [, { path }] of files) {
    for (const { issues } of (await check(path)).rows) for (const { message } of issues) expect(message).not.toMatch(/[{}]/);
  }
});

test('generated users with every kind of fault: exactly the planted ones are found', async () => {
  const { users, oracle } = generate({ seed: 7, users: 600, groups: 30, faultShare: 0.2, dialect: 'csv' });
  const path = join(folder, 'generated.csv');
  writeFileSync(path, toCsv(users));
  const { rows } = await check(path);
  const own = (codes: readonly IssueCode[]): readonly IssueCode[] => codes.filter((one) => !needDirectory.has(one));
  const wanted = oracle.users.map(({ row, codes }) => ({ row, codes: own(codes) })).filter(({ codes }) => codes.length > 0);
  expect(rows.map(({ row, issues }) => ({ row, codes: [...new Set(issues.map(({ code }) => code))].sort() }))).toEqual(wanted);
});

test('the report for people: numbers, findings, rows, and what was not checked', async () => {
  const path = join(folder, 'users.csv');
  writeFileSync(
    path,
    [
      'EmployeeID;FirstName;LastName;Email;PhoneNumber;Active',
      'E1;Ada;Berg;ada@example.com;;',
      'E2;Bo;Dahl;ADA@example.com;;',
      'E3;Cy;Ek;ada@example.com;;0',
      'E4;Di;Falk;not an address;;',
      'E5;Eva;Gran;eva@example.com;;',
      'E5;Eva;Grahn;eva@example.com;;',
      '',
    ].join('\r\n'),
  );
  const { code, out } = await typeCommand(['check', path]);
  expect(code).toBe(1);
  expect(out).toContain('users.csv: 5 of 6 rows would be rejected.');
  expect(out).toMatch(/Row 2 \(E1\): error — Email belongs to more than one person: ada@example\.com \(also in row 3\)\./);
  expect(out).toMatch(/Row 6 \(E5\): error — LastName differs between the rows of E5 \(rows 6, 7\)\./);
  expect(out).not.toContain('(E3)');
  expect(out).toContain('Not checked, since it needs the directory');
  expect(out).not.toContain('\u001b');
  const coloured = await typeCommand(['check', path], { isTerminal: true });
  expect(coloured.out).toContain('\u001b[31m');
  expect((await typeCommand(['check', path], { isTerminal: true, env: { NO_COLOR: '1' } })).out).toBe(out);
});

/** The codes of the rows of a file made of these lines. */
async function codesOf(...lines: readonly string[]): Promise<readonly string[]> {
  const path = join(folder, 'lines.csv');
  writeFileSync(path, [...lines, ''].join('\n'));
  const { rows } = await check(path);
  return rows.map(({ row, issues }) => [row, ...issues.map((found) => found.code).sort()].join(' '));
}

test('rows that are refused are compared with others all the same', async () => {
  const lines = [
    'EmployeeID;FirstName;LastName;Email;PhoneNumber;Active;Language',
    'E1;;Berg;info@example.com;;;',
    'E2;Bo;Dahl;INFO@example.com;;;',
    ';Cy;Ek;;+46 70 174 06 05;;',
    'E4;Di;Falk;;+46701740605;;',
    'E5;Eva;Gran;eva@example.com;070;0;',
    'E6;Fia;Holm;eva@example.com;;;',
    'E7;Gia;Ivarsson;gia@example.com;;;sv',
    'E7;Gia;Ivarsson;gia@example.com;070;;da',
    'E8;Hal;Jonsson;gia@example.com;;;',
  ];
  expect(await codesOf(...lines)).toEqual([
    '2 validateMandatoryValues validateNoEmailDuplicates',
    '3 validateNoEmailDuplicates',
    '4 validateMandatoryValues validateNoPhoneDuplicates',
    '5 validateNoPhoneDuplicates',
    '6 validateThatPhoneNumberIsCorrect',
    '8 validateNoConflictingRows validateNoEmailDuplicates',
    '9 validateNoConflictingRows validateNoEmailDuplicates validateThatPhoneNumberIsCorrect',
    '10 validateNoEmailDuplicates',
  ]);
});

test('rows below a faulty header row are judged, and compared where it is clear who they are about', async () => {
  const rows = ['E1;;Berg;ada@example.com', 'E1;Bo;Dahl;ADA@example.com', 'E3;Cy;Ek;nowhere'];
  const own = ['2 validateMandatoryValues', '4 validateThatEmailIsCorrect'];
  expect(await codesOf('EmployeeID;FirstName;LastName;Email;EmployeeID', ...rows)).toEqual(own);
  expect(await codesOf('Who;FirstName;LastName;Email', ...rows)).toEqual(own);
  expect(await codesOf('employee-id;FirstName;LastName;E-mail', ...rows)).toEqual([
    '2 validateMandatoryValues validateNoConflictingRows',
    '3 validateNoConflictingRows',
    '4 validateThatEmailIsCorrect',
  ]);
});

test('groups above themselves are all refused, each naming the circle', async () => {
  const path = join(folder, 'groups.csv');
  const lines = ['A;Alpha;;;B', 'B;Beta;;;C', 'C;Gamma;;;A', 'D;Delta;;;A', 'E;Eta;;;E', 'F;Phi;;;'];
  writeFileSync(path, ['OrgUnitID;Name;Description;ResponsibleManager;ParentOrgUnit', ...lines, ''].join('\n'));
  const { rows } = await check(path);
  expect(rows.map(({ externalId, issues }) => [externalId, issues.map(({ message }) => message)])).toEqual([
    ['A', ['The group would be above itself: A < B < C < A.']],
    ['B', ['The group would be above itself: B < C < A < B.']],
    ['C', ['The group would be above itself: C < A < B < C.']],
    ['E', ['The group would be above itself: E < E.']],
  ]);
});

test('everybody with one address: the report stays small', async () => {
  const path = join(folder, 'same.csv');
  const people = Array.from({ length: 5_000 }, (_, index) => `E${index};Ada;Berg;info@example.com`);
  writeFileSync(path, ['EmployeeID;FirstName;LastName;Email', ...people, ''].join('\n'));
  const { out } = await typeCommand(['check', path, '--json']);
  expect((JSON.parse(out) as Checked).counts).toEqual({ read: 5_000, withErrors: 5_000, withWarnings: 0 });
  expect(out.length).toBeLessThan(5_000 * 600);
});

describe('a file that cannot be read', () => {
  test.each([
    [join(folder, 'nothing.csv'), 4, `rosterport: There is no file ${join(folder, 'nothing.csv')}.\n`],
    [folder, 3, `rosterport: The file ${folder} cannot be used: it is a folder.\n`],
    ['/dev/null', 3, 'rosterport: The file /dev/null cannot be used: it is no plain file.\n'],
    [join(fixturePath('bad/comma.csv'), 'x'), 3, 'a part of its path is no folder'],
  ])('%s', async (path, expected, sentence) => {
    const { code, out, err } = await typeCommand(['check', path]);
    expect({ code, out }).toEqual({ code: expected, out: '' });
    expect(err).toContain(sentence);
  });

  test('without the right, which root always has', async () => {
    const path = join(folder, 'secret.csv');
    writeFileSync(path, 'x');
    chmodSync(path, 0o000);
    const isRoot = process.getuid?.() === 0;
    expect(await typeCommand(['check', path])).toMatchObject({ code: isRoot ? 1 : 3 });
  });
});

test('nothing is left in the temporary folder', async () => {
  const left = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('rosterport-check-'));
  const before = left();
  await check(fixturePath('bad/comma.csv'));
  expect(left().filter((name) => !before.includes(name))).toEqual([]);
});
