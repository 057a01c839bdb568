import { describe, expect, jest, test } from '@jest/globals';
import { toXlsxByExceljs } from '@rosterport/fixtures';
import { splitIssues, type IssueCode } from '@rosterport/domain';
import { openIngest, type Ended } from './testing/ingest.ts';
import { testIngest } from './testing/test-ingest.ts';

/** Files that break no rule of their format and yet ask for more than anybody means: each is answered in full. */

// Large on purpose; what grows with the square of a file's rows would not end within this.
jest.setTimeout(180_000);

const own = testIngest();

const users = 'Employee ID;First Name;Last Name;Email';
const groups = 'OrgUnitID;Name;Description;ResponsibleManager;ParentOrgUnit';
const mandatory = ['EmployeeID', 'FirstName', 'LastName', 'Email'];

function csv(header: string, lines: Iterable<string>): Buffer {
  return Buffer.from(`${[header, ...lines].join('\n')}\n`);
}

function lines(count: number, line: (index: number) => string): string[] {
  return Array.from({ length: count }, (_, index) => line(index));
}

/** The errors about the file, and how many rows bear each code. */
function findings({ job }: Ended): { state: string; file: IssueCode[]; rows: Record<string, number> } {
  const { file, rows } = splitIssues(job.issues);
  const errors = file.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  if (job.failure !== null) throw new Error(JSON.stringify(job.failure));
  return { state: job.state, file: errors, rows: Object.fromEntries(rows.map(({ code, count }) => [code, count])) };
}

/** The length of the longest text that the rows of the report show; every finding of theirs shows one. */
function longest({ rows }: Ended, what: 'found' | 'expected'): number {
  return rows.reduce((most, { issues }) => Math.max(most, ...issues.map((issue) => issue[what]?.length ?? Infinity)), 0);
}

const named = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', '__defineGetter__'];

describe('names that objects have', () => {
  test.each([
    ['CSV', (rows: string[][]) => Promise.resolve(Buffer.from(`${rows.map((cells) => cells.join(';')).join('\n')}\n`))],
    ['a workbook', (rows: string[][]) => toXlsxByExceljs([{ sheet: 'Users', header: rows[0] ?? [], rows: rows.slice(1) }])],
  ])('are names of attributes and values like any other, in %s', async (_format, write) => {
    const header = [...mandatory, 'Department', ...named];
    const people = named.map((name) => [name, name, name, `${name}@example.com`, name, ...named]);
    const first = await own.ingest.sendBytes('users', await write([header, ...people]));
    expect(findings(first)).toEqual({ state: 'applied', file: [], rows: { validateGroupExists: named.length } });
    expect(first.job.counts.created).toBe(named.length);
    const directory = await own.ingest.directory();
    for (const user of directory.users) {
      expect(Object.entries(user.attributes).sort()).toEqual(named.map((name) => [name, name]).sort());
      expect(user).toMatchObject({ externalId: user.firstName, groups: [{ externalId: user.firstName }] });
    }
    expect(directory.users.map(({ externalId }) => externalId).sort()).toEqual([...named].sort());
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const second = await own.ingest.sendBytes('users', await write([header, ...people]));
    expect(second.job.counts).toMatchObject({ unchanged: named.length, updated: 0 });
  });

  test('are unknown to a feed that is strict, like any other name', async () => {
    const strict = await openIngest({ database: own.at.db, folder: own.folder, policy: { unknownAttribute: 'strict' } });
    try {
      const ended = await strict.sendBytes('users.csv', csv(`${users};${named.join(';')}`, [`E1;Ada;Berg;ada@example.com;${named.join(';')}`]));
      expect(findings(ended).rows).toEqual({ validateExternalProperties: named.length });
      expect(ended.job.counts.rejected).toBe(1);
    } finally {
      await strict.close();
    }
  });
});

describe('a sheet as wide as a sheet can be', () => {
  const columns = 16_384;
  const attributes = lines(columns - mandatory.length, (index) => `Attribute ${index}`);

  test('is read, and every attribute kept', async () => {
    const file = csv([...mandatory, ...attributes].join(';'), lines(3, (index) => `E${index};Ada;Berg;ada${index}@example.com;${attributes.map((_, at) => at).join(';')}`));
    const ended = await own.ingest.sendBytes('users.csv', file);
    expect({ ...findings(ended), counts: ended.job.counts.created }).toEqual({ state: 'applied', file: [], rows: {}, counts: 3 });
    const directory = await own.ingest.directory();
    expect(Object.keys(directory.users[0]?.attributes ?? {})).toHaveLength(attributes.length);
    expect(directory.users[0]?.attributes['Attribute 16000']).toBe('16000');
    expect((await own.ingest.sendBytes('users.csv', file)).job.counts.unchanged).toBe(3);
  });

  test('by one column more is refused with the reason', async () => {
    const ended = await own.ingest.sendBytes('users.csv', csv([...mandatory, ...attributes, 'More'].join(';'), ['E1;Ada;Berg;ada@example.com']));
    expect(findings(ended)).toEqual({ state: 'rejected', file: ['validateHeaderRow'], rows: {} });
    expect(splitIssues(ended.job.issues).file[0]?.message).toContain('more than 16384 columns');
  });
});

describe('a megabyte in one cell', () => {
  const long = 'x'.repeat(1_000_000);
  const rows = [['E1', 'Ada', 'Berg', 'ada@example.com', 'Lund'], ['E2', long, 'Dahl', 'bo@example.com', 'Lund'], ['E3', 'Cia', 'Ek', 'cia@example.com', long], [long, 'Dan', 'Falk', 'dan@example.com', 'Lund'], ['E5', 'Eva', 'Gran', `${long}@example.com`, 'Lund']];

  test.each([
    ['CSV', () => Promise.resolve(csv(`${users};City`, rows.map((cells) => cells.join(';'))))],
    ['CSV with quotes', () => Promise.resolve(csv(`${users};City`, rows.map((cells) => cells.map((cell) => `"${cell}"`).join(';'))))],
    ['a workbook', () => toXlsxByExceljs([{ sheet: 'Users', header: [...mandatory, 'City'], rows }])],
  ])('rejects its row alone, in %s', async (_format, make) => {
    const ended = await own.ingest.sendBytes('users', await make());
    expect(findings(ended)).toEqual({ state: 'applied', file: [], rows: { validateValueLength: 4 } });
    expect(ended.rows.map(({ row, result }) => [row, result])).toEqual([[2, 'created'], [3, 'rejected'], [4, 'rejected'], [5, 'rejected'], [6, 'rejected']]);
    expect(longest(ended, 'found')).toBeLessThan(202);
  });

  test.each([
    ['header', `${users};${long}`, ['E1;Ada;Berg;ada@example.com;Lund'], ['validateHeaderText']],
    ['header with control characters', `${users};a\0${long}`, ['E1;Ada;Berg;ada@example.com;Lund'], ['validateHeaderText']],
    ['record beyond the limit of records', `${users};City`, [`E1;Ada;Berg;ada@example.com;${long.repeat(3)}`, 'E2;Bo;Dahl;bo@example.com;Lund'], ['validateWorkbookLimits']],
  ] as const)('as a %s refuses the file with the reason', async (_what, header, people, codes) => {
    const ended = await own.ingest.sendBytes('users.csv', csv(header, people));
    expect(findings(ended)).toMatchObject({ state: 'rejected', file: codes });
    expect(JSON.stringify(ended.job.issues).length).toBeLessThan(5_000);
  });
});

describe('control characters', () => {
  const strange = ['\0', '\x01', '\x07', '\x1B', '\x7F', '\u0085', '\uFFFE', '\uFFFF'];

  test('in values of any column reject their rows, and the rest goes on', async () => {
    const cells = (index: number, place: number) => ['E', 'Ada', 'Berg', `ada${index}@example.com`, 'Lund', 'DEP', ''].map((cell, column) => (column === 0 ? `E${index}` : cell) + (column === place ? (strange[index % strange.length] ?? '') : '')).join(';');
    const faulty = lines(6 * strange.length, (index) => cells(index, Math.floor(index / strange.length)));
    const file = csv(`${users};City;Group memberships;Employee ManagerID`, [...faulty, 'E1000;Bo;Dahl;bo@example.com;Lund;;']);
    const ended = await own.ingest.sendBytes('users.csv', file);
    expect(findings(ended)).toEqual({ state: 'applied', file: [], rows: { validateCharacters: faulty.length, validateGroupExists: faulty.length - strange.length } });
    expect(ended.job.counts).toMatchObject({ created: 1, rejected: faulty.length });
  });

  test.each(strange)('in a header refuse the file: %j', async (character) => {
    const ended = await own.ingest.sendBytes('users.csv', csv(`${users};Ci${character}ty;Ci${character}ty;E${character}mail`, ['E1;Ada;Berg;ada@example.com;a;b;c']));
    expect(ended.job).toMatchObject({ state: 'rejected', failure: null });
    expect(findings(ended).file).toContain('validateHeaderText');
  });
});

describe('groups in a long chain', () => {
  const depth = 10_000;
  const unit = (index: number, parent: string) => `G${index};Unit ${index};;;${parent}`;

  test.each([
    ['parents first', (list: string[]) => list],
    ['children first', (list: string[]) => list.toReversed()],
  ])('are placed one below the other, %s', async (_order, arrange) => {
    const file = csv(groups, arrange(lines(depth, (index) => unit(index, index === 0 ? '' : `G${index - 1}`))));
    const ended = await own.ingest.sendBytes('groups.csv', file);
    expect({ ...findings(ended), created: ended.job.counts.created }).toEqual({ state: 'applied', file: [], rows: {}, created: depth });
    const byId = new Map((await own.ingest.directory()).groups.map((group) => [group.externalId, group]));
    for (const index of [1, 2, 5_000, depth - 1]) expect(byId.get(`G${index}`)?.parent?.externalId).toBe(`G${index - 1}`);
    expect((await own.ingest.sendBytes('groups.csv', file)).job.counts.unchanged).toBe(depth);
  });

  test('that closes to a circle are all rejected, each told its way round', async () => {
    const file = csv(groups, lines(depth, (index) => unit(index, `G${(index + 1) % depth}`)));
    const ended = await own.ingest.sendBytes('groups.csv', file);
    expect(findings(ended)).toEqual({ state: 'applied', file: [], rows: { validateNoGroupCycles: depth } });
    expect(ended.job.counts.rejected).toBe(depth);
    expect(longest(ended, 'found')).toBeLessThan(202);
    expect((await own.ingest.directory()).groups).toEqual([]);
  });
});

describe('every row a duplicate', () => {
  test('a hundred thousand equal rows are one person', async () => {
    const ended = await own.ingest.sendBytes('users.csv', csv(`${users};City`, lines(100_000, () => 'E1;Ada;Berg;ada@example.com;Lund')));
    expect({ ...findings(ended), counts: ended.job.counts }).toMatchObject({ state: 'applied', file: [], rows: {}, counts: { created: 100_000 } });
    expect(ended.job.changes.usersCreated).toBe(1);
    expect((await own.ingest.directory()).users).toHaveLength(1);
  });

  test('a hundred thousand rows of one id that differ are all rejected, in a report that stays small', async () => {
    const ended = await own.ingest.sendBytes('users.csv', csv(`${users};City`, lines(100_000, (index) => `E1;Ada ${index};Berg;ada${index}@example.com;Lund`)));
    expect(findings(ended)).toEqual({ state: 'applied', file: [], rows: { validateNoConflictingRows: 200_000 } });
    expect(ended.job.counts.rejected).toBe(100_000);
    expect(longest(ended, 'expected')).toBeLessThan(150);
    expect((await own.ingest.directory()).users).toEqual([]);
  });

  test('twenty thousand people and groups of two rows each are taken together', async () => {
    const units = await own.ingest.sendBytes('groups.csv', csv(groups, lines(40_000, (index) => `G${index >> 1};Unit ${index >> 1};;;`)));
    expect({ ...findings(units), changes: units.job.changes.groupsCreated }).toEqual({ state: 'applied', file: [], rows: {}, changes: 20_000 });
    const people = await own.ingest.sendBytes('users.csv', csv(`${users};Group memberships`, lines(40_000, (index) => `E${index >> 1};Ada;Berg;ada${index >> 1}@example.com;G${(index * 7) % 20_000}`)));
    expect({ ...findings(people), changes: people.job.changes.usersCreated }).toEqual({ state: 'applied', file: [], rows: {}, changes: 20_000 });
  });

  test('twenty thousand people of two rows each that differ are all rejected', async () => {
    const ended = await own.ingest.sendBytes('users.csv', csv(users, lines(40_000, (index) => `E${index >> 1};Ada ${index};Berg;ada${index >> 1}@example.com`)));
    expect(findings(ended)).toEqual({ state: 'applied', file: [], rows: { validateNoConflictingRows: 40_000 } });
  });

  test('fifty thousand people with one e-mail are all rejected', async () => {
    const ended = await own.ingest.sendBytes('users.csv', csv(users, lines(50_000, (index) => `E${index};Ada;Berg;info@example.com`)));
    expect(findings(ended)).toEqual({ state: 'applied', file: [], rows: { validateNoEmailDuplicates: 50_000 } });
    expect(longest(ended, 'expected')).toBeLessThan(150);
  });

  test('ten thousand groups of one name and one id each are kept apart', async () => {
    const made = await own.ingest.sendBytes('groups.csv', csv(groups, lines(10_000, (index) => `G${index};Sales;;;`)));
    expect({ ...findings(made), created: made.job.counts.created }).toEqual({ state: 'applied', file: [], rows: {}, created: 10_000 });
    const named = await own.ingest.sendBytes('users.csv', csv(`${users};Group Name`, lines(2_000, (index) => `E${index};Ada;Berg;ada${index}@example.com;Sales`)));
    expect(findings(named)).toEqual({ state: 'applied', file: [], rows: { validateGroupNameIsUnique: 2_000 } });
  });
});
